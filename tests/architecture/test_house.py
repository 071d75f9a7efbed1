"""The house itself: arrows, sizes, first lines, and nothing that is built while it is only being imported."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "simulator")
LINES_AT_MOST, FUNCTION_AT_MOST, MODULES_AT_MOST = 400, 40, 13

BUILT_AT_IMPORT = {
    "handlers/wsgi.py": "the WSGI entry point calls the factory",
}
"""Modules that may build something when they are imported, each with its reason."""

HARMLESS_CALLS = frozenset(
    {
        "compile",  # a pattern of re
        "frozenset",
        "tuple",
        "dict",
        "range",
        "NewType",
        "TypeVar",
        "get_logger",  # structlog's lazy proxy
        "timedelta",
        "date",
        "time",
        "datetime",
        "Path",
        "resolve",
        "with_name",
        "ArticleCode",
        "Email",
        "CommandName",
        "Bar",
        "Limits",
        "Colour",
        "DeliveryId",
        "CaseId",
        "object",
        "namedtuple",
        "field",
        "MetaData",
        "option",  # click's decorators
        "TypeDecorator",
        "maketrans",
        "fromkeys",
        "join",
        "mapped_column",
        "Limit",
        "items",
        "String",  # a column type of SQLAlchemy
        "isinstance",
        "escape",
        "text",
        "attrgetter",
        "itemgetter",
    }
)


def modules() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_arrow_points_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_file_says_in_its_first_line_why_it_exists_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(parsed(path)), "no docstring"
    assert text.startswith('"""') or "migrations" in path.parts, "the docstring is not the first line"
    assert text.count("\n") <= LINES_AT_MOST


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_functions_stay_short(path: Path) -> None:
    long = {
        node.name: (node.end_lineno or node.lineno) - node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or node.lineno) - node.lineno > FUNCTION_AT_MOST
    }
    if "migrations" not in path.parts:
        assert long == {}


def test_folders_stay_small() -> None:
    sizes = Counter(path.parent for path in modules() if "versions" not in path.parts)
    assert {folder.relative_to(ROOT).as_posix(): size for folder, size in sizes.items() if size > MODULES_AT_MOST} == {}


def test_no_room_is_called_after_nothing() -> None:
    forbidden = {"utils", "helpers", "manager", "services", "core", "common_utils", "misc"}
    assert [name_of(path) for path in modules() if path.stem in forbidden or path.parent.name in forbidden] == []


@pytest.mark.parametrize("path", [path for path in modules() if path.name == "__init__.py"], ids=name_of)
def test_an_init_holds_a_docstring_only(path: Path) -> None:
    assert len(parsed(path).body) == 1


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_is_built_at_import(path: Path) -> None:
    if name_of(path) in BUILT_AT_IMPORT or "migrations" in path.parts:
        return
    assert [call for call in calls_at_import(parsed(path)) if call not in HARMLESS_CALLS] == []


def calls_at_import(tree: ast.Module) -> Iterator[str]:
    """The names of what a module calls while it is only imported; class bodies and decorators are declarations."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr) and statement.value is not None:
            for node in walk_outside_functions(statement.value):
                if isinstance(node, ast.Call):
                    yield ast.unparse(node.func).rpartition(".")[2]


def walk_outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield from walk_outside_functions(child)


def test_nobody_prints() -> None:
    printing = [
        name_of(path)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def tracked_text() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in listed:
        path = ROOT / name
        if name and path.is_file() and path.suffix not in {".npz", ".png"}:
            yield name, path.read_text(encoding="utf-8")


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    registry = re.compile(r"https?://[\w.-]*(?:py|npm)[\w.-]*/(?:simple|packages|[\w@./-]+/-/)")
    machine = re.compile("/(?:ho" + "me|ro" + r"ot|wo" + r"rk)/[\w./-]+")
    assert [name for name, text in tracked_text() if registry.search(text) or machine.search(text)] == []
