"""What no file may hold, how tests are written, and what a module may do while it is only being imported."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "simulator")
TEST_FILE_AT_MOST = 300

NOT_TEXT = frozenset({".npz", ".png", ".ico", ".docx", ".pdf"})

PROGRAMS = {
    "handlers/command_line.py": "the bot's own command line",
    "simulator/__main__.py": "the local Google Chat",
    "bot/protocol/training/__main__.py": "learns the weights",
    "simulator/demo/__main__.py": "the demo",
    "bot/storage/migrate.py": "writes the next migration",
}
"""Modules that are started as programs, and do more than declare only then."""

SHORT_BUT_CLEAR = {
    "test_nobody_prints": "a subject and a verb",
    "test_no_file_holds": "the parameter ends the sentence",
    "test_classic": "the parameter says which reply is rendered so",
    "test_addon": "the parameter says which reply is rendered so",
    "test_outsiders_show": "a subject and a verb",
}
"""Test names that are sentences with fewer words, each with its reason."""

LONG_TEST_FILES = {"tests/scenarios/test_reporting.py": 340}
"""Files of tests over the limit, with the lines that they may have: a report in all its turns, still to be split."""

DECLARATIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
    ast.Expr,  # docstrings of constants; calls in them are looked at in test_house
    ast.TypeAlias if hasattr(ast, "TypeAlias") else ast.Import,
)


@cache
def tracked() -> tuple[tuple[str, str], ...]:
    """The names and texts of all files that git knows or would take in."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = [(name, ROOT / name) for name in listed if (ROOT / name).is_file()]
    return tuple((name, path.read_text(encoding="utf-8")) for name, path in paths if path.suffix not in NOT_TEXT)


def python(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for name, text in tracked():
        if name.endswith(".py") and name.partition("/")[0] in rooms:
            yield name, ast.parse(text)


def found(pattern: str, *, flags: int = 0) -> list[str]:
    search = re.compile(pattern, flags)
    return [f"{name}: {hit[0]}" for name, text in tracked() for hit in [search.search(text)] if hit]


def test_the_files_are_found() -> None:
    assert len(tracked()) > 200


# The patterns are in pieces so that this file does not hold what it looks for.
@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.])/(?:ro" + r"ot|ho" + r"me|wo" + r"rk|Us" + r"ers)/\w"),
        ("a folder for passing things", r"(?<![\w.])/t" + r"mp/\w"),
        ("a package registry", r"https?://[\w.:@-]*(?:/[\w.@-]+)*/sim" + r"ple\b"),
        ("a setting of a package registry", r"index-u" + r"rl\s*[=:]|npm_conf" + r"ig_"),
        ("an unfinished thought", r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
        ("a private key", r"-----BEGIN (?:RSA |EC )?PRIV" + r"ATE KEY"),
        ("a merge that was not finished", r"^(?:<{7}|>{7}) "),
    ],
)  # fmt: skip
def test_no_file_holds(what: str, pattern: str) -> None:
    assert found(pattern, flags=re.MULTILINE) == [], what


def test_a_module_only_declares_while_it_is_imported() -> None:
    """No loop, `with`, `try` or `del` outside of a function; `if` only to ask for types or to be a program."""
    wrong = [
        f"{name}:{statement.lineno}"
        for name, tree in python(*ROOMS)
        for statement in tree.body
        if not isinstance(statement, DECLARATIONS) and not is_harmless(statement, name)
    ]
    assert wrong == []


def is_harmless(statement: ast.stmt, name: str) -> bool:
    if not isinstance(statement, ast.If):
        return "migrations" in name
    condition = ast.unparse(statement.test)
    return condition == "TYPE_CHECKING" or (name in PROGRAMS and condition == "__name__ == '__main__'")


def test_no_global_is_changed_by_anybody() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in python(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]
    assert wrong == []


def test_no_error_is_swallowed() -> None:
    """An `except` that does nothing must at least name a narrow error; catching everything has to do something."""
    wide = {"", "Exception", "BaseException"}
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in python(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (ast.unparse(node.type) if node.type else "") in wide
        and all(isinstance(statement, ast.Pass | ast.Continue) for statement in node.body)
    ]
    assert wrong == []


def test_time_is_a_parameter_below_the_wiring() -> None:
    """From bot.reports down nobody looks at a clock: the moment is handed in."""
    clocks = {"datetime.now", "datetime.utcnow", "time.time", "time.monotonic", "date.today", "datetime.today"}
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in python("bot")
        if name.split("/")[1] in {"reports", "etiquette", "protocol", "groups", "outbox", "wording", "school"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in clocks
    ]
    assert wrong == []


def test_test_files_stay_small() -> None:
    sizes = {name: text.count("\n") for name, text in tracked() if name.startswith("tests/") and name.endswith(".py")}
    assert {name: size for name, size in sizes.items() if size > LONG_TEST_FILES.get(name, TEST_FILE_AT_MOST)} == {}


def test_every_file_of_tests_says_why_it_exists() -> None:
    assert [name for name, tree in python("tests") if not ast.get_docstring(tree)] == []


def test_tests_use_fakes_and_no_mocks() -> None:
    mocks = re.compile(r"unittest\.mo" + r"ck|\bimport mo" + r"ck\b|\bMagic" + r"Mock\b")
    assert [name for name, text in tracked() if name.startswith("tests/") and mocks.search(text)] == []


def test_a_test_name_is_a_sentence() -> None:
    """Three words at least, what and what is true of it; or a docstring says it."""
    short = [
        f"{name}: {node.name}"
        for name, tree in python("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
        if not ast.get_docstring(node) and node.name not in SHORT_BUT_CLEAR
    ]
    assert short == []


def test_no_test_is_skipped_without_a_reason() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in python("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"pytest.mark.skip", "pytest.mark.skipif", "pytest.skip", "pytest.mark.xfail"}
        and not any(keyword.arg in {"reason", "msg"} for keyword in node.keywords)
        and not (ast.unparse(node.func) == "pytest.skip" and node.args)
    ]
    assert wrong == []
