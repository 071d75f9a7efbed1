"""Every verb says what it does, with an example that works as it stands; shells can complete them; long work shows."""

import io
import json
import shlex
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from handlers.command_line import main
from handlers.verbs.saying import saying_what_is_wrong
from handlers.verbs.shell.progress import progress


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every verb that does something, with the words that lead to it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name, inner in command.commands.items():
        yield from leaves(inner, (*path, name))


VERBS = dict(leaves(main))


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_verb_has_an_example_that_it_takes(path: tuple[str, ...]) -> None:
    command = VERBS[path]
    shown = CliRunner().invoke(main, [*path, "--help"]).output
    lines = [line.strip().removeprefix("Example: ") for line in shown.splitlines()]
    wanted = " ".join(("protocolbot", *path))
    examples = [line for line in lines if line.startswith((wanted, f'eval "$({wanted}'))]
    assert examples, shown
    words = shlex.split(examples[0].removeprefix('eval "$(').removesuffix(')"').partition(" | ")[0])[1 + len(path) :]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known
    command.make_context(path[-1], words, resilient_parsing=True)


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_verb_speaks_json_too(path: tuple[str, ...]) -> None:
    assert any("--json" in parameter.opts for parameter in VERBS[path].params)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_it_needs_to_complete(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_PROTOCOLBOT_COMPLETE" in result.output
    as_object = json.loads(CliRunner().invoke(main, ["completion", shell, "--json"]).output)
    assert as_object["source"].strip() == result.output.strip()


def test_the_verbs_complete() -> None:
    env = {"_PROTOCOLBOT_COMPLETE": "bash_complete", "COMP_WORDS": "protocolbot ros", "COMP_CWORD": "1"}
    result = CliRunner().invoke(main, prog_name="protocolbot", env=env)
    assert "roster" in result.output


def test_a_bar_is_for_people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for screen, seen in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr("sys.stderr", screen)
        with progress(4, "Sleutels") as done:
            done(2)
            done(2)
        assert ("Sleutels" in screen.getvalue()) is seen


def test_whoever_reads_only_the_first_lines_gets_no_word_about_the_database() -> None:
    def verb() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        saying_what_is_wrong(verb)()
