"""Every command that a document shows is one that the program takes, and every file that it points to is there."""

import re
import shlex
from pathlib import Path

import click
import pytest

from handlers.command_line import main
from tests.browser.demo import STORIES

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "deploy").rglob("*.md"))]
SHOWN = re.compile(r"^\s*(?:\S+=\S+ )*\.venv/bin/protocolbot (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def shown() -> list[tuple[str, str]]:
    return [
        (name_of(path), line.partition("   #")[0].strip())
        for path in DOCUMENTS
        for line in SHOWN.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("document", "line"), shown(), ids=lambda each: each)
def test_a_shown_command_is_taken(document: str, line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)
    context = click.Context(main, info_name="protocolbot")
    while isinstance(command, click.Group):
        named = command.get_command(context, words[0])
        assert named is not None, f"{document}: {words[0]}"
        command, words = named, words[1:]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= options
    command.make_context("shown", words, resilient_parsing=True)


def test_every_story_has_its_pictures_and_every_picture_is_shown() -> None:
    folder = ROOT / "deploy" / "pictures" / "stories"
    wanted = {f"{story}-{size}.png" for story in STORIES for size in ("laptop", "phone")}
    assert {path.name for path in folder.glob("*")} == wanted
    shown = (ROOT / "deploy" / "handleiding" / "beelden.md").read_text(encoding="utf-8")
    assert set(re.findall(r'src="\.\./pictures/stories/([^"]+)"', shown)) == wanted


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_a_link_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target, anchor in LINK.findall(text):
        there = path.parent / target
        assert there.exists(), target
        if anchor and there.suffix == ".md":
            heads = [
                _anchor(head) for head in re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            ]
            assert anchor.removeprefix("#") in heads, anchor


def _anchor(head: str) -> str:
    return re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-")
