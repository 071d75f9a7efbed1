"""Migrations run while the version before still serves, so each of them only adds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.storage.migrations

VERSIONS = Path(str(next(iter(bot.storage.migrations.__path__)))) / "versions"

TAKES_AWAY = frozenset({"drop_table", "drop_column", "rename_table", "drop_constraint"})


def migrations() -> list[Path]:
    return sorted(path for path in VERSIONS.glob("0*.py") if not path.name.startswith("0001"))


def beyond_adding(source: str) -> Iterator[str]:
    """Each act in `upgrade` that the version before could trip over: it takes away, renames, or asks for a value."""
    upgrade = next(
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    for call in (node for node in ast.walk(upgrade) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in TAKES_AWAY:
            yield f"{name} {ast.unparse(call.args[0])}"
        elif name == "alter_column" and changes_what_is_there(call):
            yield f"alter_column {ast.unparse(call.args[0])}"
        elif name == "add_column":
            column = next(argument for argument in call.args if isinstance(argument, ast.Call))
            if given(column, "nullable") == "False" and given(column, "server_default") in {None, "None"}:
                yield f"add_column {ast.unparse(column.args[0])}"


def changes_what_is_there(call: ast.Call) -> bool:
    named = {word.arg for word in call.keywords}
    return bool(named & {"new_column_name", "type_"}) or given(call, "nullable") == "False"


def given(call: ast.Call, name: str) -> str | None:
    return next((ast.unparse(word.value) for word in call.keywords if word.arg == name), None)


@pytest.mark.parametrize("path", migrations(), ids=lambda path: path.stem)
def test_a_migration_only_adds_so_that_the_version_before_goes_on_serving(path: Path) -> None:
    assert list(beyond_adding(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "act",
    [
        'op.drop_table("spaces")',
        'batch_op.drop_column("ref")',
        'op.rename_table("spaces", "groups")',
        'batch_op.alter_column("ref", new_column_name="id")',
        'batch_op.alter_column("ref", existing_type=sa.String(64), nullable=False)',
        'batch_op.alter_column("ref", type_=sa.Integer())',
        'batch_op.add_column(sa.Column("seen", sa.Boolean(), nullable=False))',
        'op.add_column("spaces", sa.Column("seen", sa.Boolean(), nullable=False))',
    ],
)
def test_what_the_version_before_would_trip_over_is_found(act: str) -> None:
    assert len(list(beyond_adding(f"def upgrade():\n    {act}\n"))) == 1


@pytest.mark.parametrize(
    "act",
    [
        'op.create_table("news", sa.Column("id", sa.String(64), nullable=False))',
        'batch_op.add_column(sa.Column("seen", sa.Boolean(), nullable=True))',
        'batch_op.add_column(sa.Column("seen", sa.Boolean(), server_default=sa.false(), nullable=False))',
        'batch_op.alter_column("ref", existing_type=sa.String(64), nullable=True)',
    ],
)
def test_what_only_adds_is_let_through(act: str) -> None:
    assert list(beyond_adding(f"def upgrade():\n    {act}\n")) == []
