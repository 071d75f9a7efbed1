"""Reads the question bank: sentences that people may type, each with the article or the intent that it is about."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

OUT_OF_SCOPE = "OOS"
SMALL_TALK = "SMALL"
REPORT = "REPORT"
CRISIS = "CRISIS"
INTENTS = frozenset({OUT_OF_SCOPE, SMALL_TALK, REPORT, CRISIS})

NONE = "-"
"""What stands in a column when there is nothing to say."""


class BankRefused(ValueError):
    """A bank file that cannot be used; the message is Dutch and names file and line."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is an example of.

    `label` is the article to cite first, or an intent. `also` are articles that belong to the answer or would do as
    its first. `kind` is what the question is like (scenario, slang, ...), `hand` the file, so whoever wrote it.
    """

    label: str
    text: str
    also: tuple[str, ...] = ()
    language: str = "nl"
    role: str = "onbekend"
    kind: str = NONE
    hand: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """What people ask about each article, and what they type that is no question about an article."""

    articles: tuple[Example, ...] = ()
    intents: tuple[Example, ...] = ()


def rows(path: Path, columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines of a tab-separated file with their numbers; lines that open with # and empty lines are left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BankRefused(f"{path.name}: dit bestand is niet te lezen als tekst in UTF-8.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns or not all(cell.strip() for cell in cells):
            raise BankRefused(f"{path.name}, regel {number}: hier horen {columns} kolommen met een tab ertussen.")
        yield number, cells


def load_bank(directory: Path, codes: AbstractSet[str]) -> Bank:
    """The bank in a directory, an empty one when there is none; raises `BankRefused`.

    `articles/*.tsv` holds article, other articles, kind, language, role and question; `A6+S6` needs both for a whole
    answer. `intents/*.tsv` holds intent, language, role and sentence. One file is one hand.
    """
    articles = (example for path in sorted(directory.glob("articles/*.tsv")) for example in _articles(path, codes))
    intents = (example for path in sorted(directory.glob("intents/*.tsv")) for example in _intents(path))
    return Bank(tuple(articles), tuple(intents))


def _articles(path: Path, codes: AbstractSet[str]) -> Iterator[Example]:
    for number, (named, others, kind, language, role, question) in rows(path, 6):
        first, *needed = named.split("+")
        also = (*needed, *(() if others == NONE else others.split()))
        for code in (first, *also):
            if code not in codes:
                raise BankRefused(f"{path.name}, regel {number}: artikel {code} staat niet in het protocol.")
        yield Example(first, question, also, language, role, kind, path.stem)


def _intents(path: Path) -> Iterator[Example]:
    for number, (intent, language, role, sentence) in rows(path, 4):
        if intent not in INTENTS:
            raise BankRefused(f"{path.name}, regel {number}: kies uit {', '.join(sorted(INTENTS))}.")
        yield Example(intent, sentence, (), language, role, NONE, path.stem)
