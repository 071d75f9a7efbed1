"""Reads the question bank: sentences that people may type, each with the article or the intent that it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OUT_OF_SCOPE = "OOS"
SMALL_TALK = "SMALL"
REPORT = "REPORT"
CRISIS = "CRISIS"
INTENTS = frozenset({OUT_OF_SCOPE, SMALL_TALK, REPORT, CRISIS})


class BankRefused(ValueError):
    """A bank file that cannot be used; the message is Dutch and names file and line."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is an example of."""

    label: str
    text: str


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


def load_bank(directory: Path, codes: frozenset[str]) -> Bank:
    """The bank in a directory, an empty one when there is none; raises `BankRefused`.

    `articles.tsv` holds article, language and question, `intents.tsv` intent and sentence.
    """
    if not directory.is_dir():
        return Bank()
    articles = []
    for number, (code, _, question) in rows(directory / "articles.tsv", 3):
        if code not in codes:
            raise BankRefused(f"articles.tsv, regel {number}: artikel {code} staat niet in het protocol.")
        articles.append(Example(code, question))
    intents = []
    for number, (intent, sentence) in rows(directory / "intents.tsv", 2):
        if intent not in INTENTS:
            raise BankRefused(f"intents.tsv, regel {number}: kies uit {', '.join(sorted(INTENTS))}.")
        intents.append(Example(intent, sentence))
    return Bank(tuple(articles), tuple(intents))
