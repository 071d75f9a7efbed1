"""Recognises a command of the bot that somebody typed as plain text."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NewType

from bot.protocol.bank import rows
from bot.protocol.matching.features import fold

CommandName = NewType("CommandName", str)
"""A slash command without its slash: `hulp`."""

_SIGNS = re.compile(r"^[\s/!.]+|[\s.!?]+$")


def load_commands(path: Path) -> Mapping[str, CommandName]:
    """What people type for a command, folded, with the command that is meant; raises `BankRefused`."""
    return {_plain(typed): CommandName(name) for _, (name, typed) in rows(path, 2)}


def typed_command(text: str, commands: Mapping[str, CommandName]) -> CommandName | None:
    """The command that the whole text stands for, None when it says anything else."""
    return commands.get(_plain(text))


def _plain(text: str) -> str:
    return _SIGNS.sub("", fold(text))
