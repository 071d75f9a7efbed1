"""Loads everything that answering needs from a school's protocol directory, once, explicitly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.protocol.answering import Answer, Answerer, Language
from bot.protocol.bank import Bank, load_bank
from bot.protocol.document import Document
from bot.protocol.loader import load_document
from bot.protocol.matching.bank_matcher import BankMatcher
from bot.protocol.matching.commands import load_commands
from bot.protocol.matching.crisis import CrisisWords, load_crisis_words
from bot.protocol.matching.trained import CARD, load_trained
from bot.protocol.matching.trained_matcher import TrainedMatcher
from bot.protocol.ports import Matcher
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reviewed import ReviewedArticle, load_reviewed
from bot.school.articles import ArticleCode
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
    reviewed: Mapping[str, ReviewedArticle]
    """Article code to our own plain sentences, with the hash of the text that they were reviewed against."""

    def answer(self, question: str, role: Role, language: Language) -> Answer:
        """The answer to what somebody typed; never raises on what that is."""
        return self.answerer.answer(question, role, language)


def load(directory: Path, *, with_encoder: bool = True) -> LoadedProtocol:
    """Load `protocol.txt` and, when there are any, `model/` or `bank/`, and what was reviewed.

    Raises `ProtocolRefused` or `BankRefused` (in Dutch), and `ModelRefused` when the weights are spoilt.
    """
    document = load_document(protocol_text(directory))
    codes = {str(article.code): article.code for article in document.articles}
    matcher = _matcher(document, directory, codes, with_encoder=with_encoder)
    return LoadedProtocol(
        document,
        matcher,
        Answerer(document, matcher, load_commands(_DATA / "commands.tsv")),
        load_reviewed(directory / "reviewed.toml", codes.keys()),
    )


def load_version(
    source: str, effective_on: date, identities: Mapping[ArticleCode, str], directory: Path, seed: LoadedProtocol
) -> LoadedProtocol:
    """A version of the protocol that is not the directory's own text, ready to answer from that day.

    `identities` say which articles are those of the directory (`seed`), whose bank, weights and reviewed data go by
    code. Raises `ProtocolRefused`, `BankRefused` and `ModelRefused`.
    """
    if source == seed.document.source:
        document = dated(seed.document, effective_on)
        return replace(seed, document=document, answerer=replace(seed.answerer, document=document))
    document = dated(load_document(source), effective_on)
    now = {identity: code for code, identity in identities.items()}
    matcher = _matcher_of_version(document, now, directory, seed)
    # What was reviewed is found by code: an article that moved to another code is shown in its own words only.
    stayed = {code for identity, code in now.items() if identity == code}
    reviewed = {code: approved for code, approved in seed.reviewed.items() if code in stayed}
    answerer = replace(seed.answerer, document=document, matcher=matcher)
    return replace(seed, document=document, matcher=matcher, answerer=answerer, reviewed=reviewed)


def dated(document: Document, effective_on: date) -> Document:
    """The document with the day on which it was published; the text itself may name none, or another one."""
    return replace(document, version=replace(document.version, effective_on=effective_on))


def _matcher(
    document: Document, directory: Path, labels: Mapping[str, ArticleCode], *, with_encoder: bool = True
) -> Matcher:
    """Learnt weights for the articles that they were learnt for, else the bank alone, else the articles' own words.

    `labels` says which article of the document each label of weights and bank is.
    """
    learnt = _trained_matcher(labels, directory, with_encoder=with_encoder)
    if learnt is not None:
        return learnt
    return BankMatcher(document.articles, load_bank(directory / "bank", labels.keys()), _crisis())


def _trained_matcher(
    labels: Mapping[str, ArticleCode], directory: Path, *, with_encoder: bool = True
) -> TrainedMatcher | None:
    if not (directory / "model" / CARD).exists():
        return None
    trained = load_trained(directory / "model", with_encoder=with_encoder)
    return TrainedMatcher(trained, labels, _crisis()) if labels.keys() <= set(trained.labels) else None


def _crisis() -> CrisisWords:
    return load_crisis_words(_DATA / "crisis.tsv")


def _matcher_of_version(
    document: Document, labels: Mapping[str, ArticleCode], directory: Path, seed: LoadedProtocol
) -> Matcher:
    """What was learnt of an article counts for it as long as it is that article, wherever it stands now."""
    if isinstance(seed.matcher, TrainedMatcher) and labels.keys() <= seed.matcher.labels:
        # The weights are in memory already; a second copy of them would not fit beside the first.
        return seed.matcher.naming(labels)
    bank = load_bank(directory / "bank", {str(article.code) for article in seed.document.articles})
    moved = (replace(example, label=str(labels[example.label])) for example in bank.articles if example.label in labels)
    return BankMatcher(document.articles, Bank(tuple(moved), bank.intents), _crisis())


def protocol_text(directory: Path) -> str:
    """The text of `protocol.txt`; raises `ProtocolRefused`."""
    path = directory / "protocol.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ProtocolRefused(0, f"{path.name} is niet te lezen. Zet het protocol als tekst in deze map.") from error
    except UnicodeDecodeError as error:
        raise ProtocolRefused(0, f"{path.name} is geen tekst in UTF-8. Bewaar het opnieuw als UTF-8.") from error
