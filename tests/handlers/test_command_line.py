"""What an admin or developer does from a shell."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from handlers import job_runner
from handlers.command_line import main
from simulator import seed
from simulator.server import start as local_google
from tests.dialogue import environment

QUESTION = "mag ik een foto van mijn klasgenoot op insta zetten?"


def run(*arguments: str, **settings: str) -> tuple[int, str, str]:
    # An empty value counts as not set: nothing of the surroundings gets in.
    names = dict.fromkeys(environment(), "")
    result = CliRunner().invoke(main, arguments, env={**names, **settings})
    return result.exit_code, result.stdout, result.stderr


def test_a_question_is_answered_with_the_article_without_database_keys_or_settings() -> None:
    code, said, _ = run("ask", QUESTION)
    assert code == 0
    assert "artikel 6 (A6), versie van 1 februari 2022" in said
    assert "tenzij betrokkenen uitdrukkelijk toestemming" in said


def test_a_question_as_json_has_the_fields_of_the_contract() -> None:
    code, said, _ = run("ask", "--json", QUESTION)
    assert code == 0
    assert json.loads(said)["outcome"] == "answer"
    assert json.loads(said)["citations"][0] == "A6"


def test_a_file_of_questions_gives_a_line_each(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "question": QUESTION, "role": "leerling", "lang": "nl", "expect": ["A6"]},
        {"id": "2", "question": "ik wil niet meer leven"},
        {"id": "3", "question": "hoi", "role": "iets nieuws"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    code, said, _ = run("ask", "--jsonl", str(file))
    assert code == 0
    answers = [json.loads(line) for line in said.splitlines()]
    assert [answer["id"] for answer in answers] == ["1", "2", "3"]
    assert [answer["outcome"] for answer in answers] == ["answer", "crisis", "smalltalk"]
    assert all(set(answer) == {"id", "outcome", "citations", "see_also", "ms"} for answer in answers)


def test_a_line_that_is_no_question_is_named_by_its_number_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "1", "question": "hoi"}\ngeheim\n', encoding="utf-8")
    code, _, error = run("ask", "--jsonl", str(file))
    assert code != 0
    assert "Regel 2" in error
    assert "geheim" not in error


def test_no_question_at_all_says_how_to_ask() -> None:
    code, _, error = run("ask")
    assert code != 0
    assert "--jsonl" in error


def test_migrate_makes_the_database_and_says_so(tmp_path: Path) -> None:
    settings = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'new' / 'bot.db'}")
    code, said, _ = run("migrate", "--json", **settings)
    assert (code, json.loads(said)) == (0, {"up_to_date": True})
    assert run("migrate", **settings)[0] == 0


@pytest.fixture(scope="module")
def for_jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings of a bot with a database, and the account of a local Google."""
    folder = tmp_path_factory.mktemp("jobs")
    google = local_google(seed.load())
    account = folder / "account.json"
    account.write_text(json.dumps(google.service_account()), encoding="utf-8")
    settings = environment(
        DATABASE_URL=f"sqlite:///{folder / 'bot.db'}",
        CHAT_API_ENDPOINT=google.address,
        CLOCK_URL=f"{google.address}/clock",
        GOOGLE_APPLICATION_CREDENTIALS=str(account),
    )
    assert run("migrate", **settings)[0] == 0
    yield settings
    google.stop()


@pytest.mark.parametrize("job", ["minute", "send", "reminders"])
def test_a_job_writes_its_counts_and_nothing_else_to_standard_output(for_jobs: dict[str, str], job: str) -> None:
    code, said, _ = run("jobs", "run", job, "--json", **for_jobs)
    assert code == 0
    counts = json.loads(said)
    assert counts
    assert all(count == 0 for count in counts.values())


def test_a_job_that_there_is_not_names_those_that_there_are(for_jobs: dict[str, str]) -> None:
    code, said, error = run("jobs", "run", "hourly", **for_jobs)
    assert code != 0
    assert said == ""
    assert all(job in error for job in job_runner.JOBS)
    assert "Traceback" not in error


def test_a_job_that_breaks_is_a_number_and_no_traceback(for_jobs: dict[str, str], tmp_path: Path) -> None:
    without_tables = for_jobs | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"}
    for job in job_runner.JOBS:
        code, said, error = run("jobs", "run", job, "--json", **without_tables)
        assert code != 0
        assert said == ""
        assert "bij nummer" in error
        assert all(inside not in error for inside in ("Traceback", "SELECT", "UPDATE", "INSERT", "[SQL"))
        assert "OperationalError" in error


@pytest.mark.parametrize(
    "address",
    ["postgresql+psycopg://bot:zwartbessenjam@127.0.0.1:9/protocolbot", "sqlite:////dev/null/zwartbessenjam.db"],
)
def test_a_database_that_cannot_be_used_is_said_without_its_address(address: str) -> None:
    code, said, error = run("migrate", **environment(DATABASE_URL=address))
    assert code == 1
    assert said == ""
    assert "DATABASE_URL" in error
    assert "zwartbessenjam" not in error


def test_without_settings_a_verb_says_which_one_is_missing() -> None:
    code, _, error = run("migrate")
    assert code != 0
    assert "CHAT_AUDIENCE is missing" in error
    assert "Traceback" not in error


def verbs(group: click.Group) -> list[click.Command]:
    found: list[click.Command] = []
    for command in group.commands.values():
        found += verbs(command) if isinstance(command, click.Group) else [command]
    return found


@pytest.mark.parametrize("verb", verbs(main), ids=lambda verb: str(verb.name))
def test_every_verb_has_json_and_says_what_it_does(verb: click.Command) -> None:
    assert "--json" in [option for parameter in verb.params for option in parameter.opts]
    assert verb.help


def test_help_lists_every_verb() -> None:
    _, said, _ = run("--help")
    assert all(name in said for name in main.commands)
