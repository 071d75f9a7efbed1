"""Loads everything that answering needs from a school's protocol directory, once, explicitly."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.protocol.answering import Answer, Answerer, Language
from bot.protocol.bank import load_bank
from bot.protocol.document import Document
from bot.protocol.loader import load_document
from bot.protocol.matching.bank_matcher import BankMatcher
from bot.protocol.matching.commands import load_commands
from bot.protocol.matching.crisis import load_crisis_words
from bot.protocol.ports import Matcher
from bot.protocol.reading.refusal import ProtocolRefused
from bot.school.people import Role

_DATA = Path(__file__).parent / "data"

RGO_PROTOCOL = _DATA / "rgo"
"""The protocol that comes with the bot: what `PROTOCOL_DIR` is when nobody sets it."""


@dataclass(frozen=True, slots=True)
class LoadedProtocol:
    """A protocol that is ready to answer; read-only, so that threads may share it."""

    document: Document
    matcher: Matcher
    answerer: Answerer
    reviewed: Mapping[str, str]
    """Article code to the hash of the text that our own plain sentences were reviewed against."""

    def answer(self, question: str, role: Role, language: Language) -> Answer:
        """The answer to what somebody typed; never raises on what that is."""
        return self.answerer.answer(question, role, language)


def load(directory: Path) -> LoadedProtocol:
    """Load `protocol.txt` and, when there is one, `bank/`; raises `ProtocolRefused` or `BankRefused` (in Dutch)."""
    document = load_document(_source(directory / "protocol.txt"))
    bank = load_bank(directory / "bank", frozenset(article.code for article in document.articles))
    crisis = load_crisis_words(_DATA / "crisis.tsv")
    matcher = BankMatcher(document.articles, bank, crisis)
    return LoadedProtocol(
        document,
        matcher,
        Answerer(document, matcher, load_commands(_DATA / "commands.tsv")),
        _reviewed(directory / "reviewed.tsv"),
    )


def _reviewed(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def _source(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ProtocolRefused(0, f"{path.name} is niet te lezen. Zet het protocol als tekst in deze map.") from error
    except UnicodeDecodeError as error:
        raise ProtocolRefused(0, f"{path.name} is geen tekst in UTF-8. Bewaar het opnieuw als UTF-8.") from error
