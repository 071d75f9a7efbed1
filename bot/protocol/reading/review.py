"""The review list: what became of every line of a protocol and what was unsure, for a human to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.protocol.document import BlockKind
from bot.school.articles import ArticleCode

LONGEST_OPENING = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one line; `line` 0 means the text as a whole. `became` and `unsure` are Dutch.

    `opening` is how the line begins in the source, so that a reader finds it. `unsure` is None when nothing is.
    """

    line: int
    became: str
    opening: str = ""
    kind: BlockKind | None = None
    code: ArticleCode | None = None
    unsure: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """All findings, in the order of the source."""

    findings: tuple[Finding, ...]

    @property
    def unsure(self) -> tuple[Finding, ...]:
        """What somebody has to look at."""
        return tuple(finding for finding in self.findings if finding.unsure is not None)


def opening_of(text: str) -> str:
    """The beginning of a line, for a list."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_OPENING else flat[: LONGEST_OPENING - 1] + "\u2026"


_WORDS: Mapping[BlockKind, str] = {
    BlockKind.FOLLOW_ON: "hoort bij {code}",
    BlockKind.FOOTNOTE: "voetnoot {code}",
    BlockKind.TABLE_ROW: "rij van tabel {code}",
    BlockKind.HEADING: "kop van deel {code}",
    BlockKind.TITLE: "titel",
    BlockKind.CONTENTS: "inhoudsopgave",
    BlockKind.PAGE: "van de bladzijde: geen tekst van het protocol",
    BlockKind.NOTE: "notitie: geen tekst van het protocol",
}


def became(kind: BlockKind, code: ArticleCode | None, *, own_number: bool) -> str:
    """What a line became, in words."""
    if kind is BlockKind.ARTICLE:
        return f"artikel {code}" if own_number else f"tekst {code} (in de bron zonder nummer)"
    if kind is BlockKind.HEADING and code is None:
        return "kop zonder eigen tekst"
    return _WORDS[kind].format(code=code)
