# The verbs of this house; `make help` lists them. Each works from a fresh clone with python3 >= 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test test-whole test-pieces check eval bench train pictures faults requirements clean

help: ## List the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## Start the bot with a local Google Chat; prints one address, Ctrl-C stops both
	$(BIN)/python -m simulator.demo $(DEMO)

test: $(READY) ## Run every test but the long proofs: side by side whole conversations and processes, and all the pieces
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-whole test-pieces

WHOLE := tests/browser tests/processes tests/simulator tests/bench tests/handlers tests/bot/storage

test-whole:
	$(BIN)/pytest -m "not slow" $(WHOLE)

test-pieces:
	$(BIN)/pytest -m "not slow" -p no:cacheprovider tests $(WHOLE:%=--ignore=%)

check: $(READY) ## Format, lint, types and the arrows between rooms; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy bot handlers simulator tests
	$(BIN)/lint-imports --no-cache

eval: $(READY) ## Measure the answers on every set of questions; keeps the figures that CI compares with
	$(BIN)/python -m tests.evaluation

bench: $(READY) ## Measure what the bot costs beside bare Flask, and how that grows; BENCH=--check ends with 1 on a miss
	$(BIN)/python -m tests.bench $(BENCH)

train: $(READY) ## Learn the weights from the question bank again (an hour on two cores); `make eval` comes after it
	$(BIN)/python -m bot.protocol.training

pictures: $(READY) ## Walk the page in Chromium and keep its screenshots in deploy/pictures
	PICTURES=deploy/pictures REQUIRE_BROWSER=1 $(BIN)/pytest -m browser

faults: $(READY) ## The long proofs: crashes, races and a failing Google
	$(BIN)/pytest -m slow

requirements: $(READY) ## Pin the dependencies of pyproject.toml again, with hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-dev.txt

clean: ## Remove what these verbs made
	rm -rf $(VENV) var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
