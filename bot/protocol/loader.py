"""Makes a document of a school's own text, and refuses what it cannot place: with the line, and the reason."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.protocol.document import Article, Block, BlockKind, Document, Section
from bot.protocol.reading.layout.sorting import sort_lines
from bot.protocol.reading.places.coding import CodesUsedUp, articles_of, sections_of
from bot.protocol.reading.places.parts import Placed, Text
from bot.protocol.reading.places.placing import TITLE_LETTER, Placing
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.review import Finding, Review, became, opening_of
from bot.protocol.reading.version_table import version_of
from bot.school.articles import ArticleCode

__all__ = ["Examined", "ProtocolRefused", "examine", "load_document"]

MOST_CHARACTERS = 500_000
MOST_LINES = 10_000
MOST_SECTIONS = 300
MOST_ARTICLES = 1_000
MOST_CONTROL_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Examined:
    """A protocol as it was read, with the list of what became of every line."""

    document: Document
    review: Review


def load_document(source: str) -> Document:
    """Read a protocol; raises `ProtocolRefused` when a line belongs nowhere."""
    return examine(source).document


def examine(source: str, doubts: Sequence[tuple[int, str]] = ()) -> Examined:
    """Read a protocol and say what became of every line; raises `ProtocolRefused`.

    `doubts` are those of whoever made this text of a file, each with its line; 0 for the text as a whole.
    """
    _refuse_what_is_no_text(source)
    placing = Placing(sort_lines(source))
    placing.read()
    if not placing.texts:
        raise ProtocolRefused(0, "In deze tekst staan geen artikelen. Controleer of dit het hele protocol is.")
    if len(placing.parts) > MOST_SECTIONS or len(placing.texts) > MOST_ARTICLES:
        raise ProtocolRefused(
            0, f"Deze tekst heeft meer dan {MOST_SECTIONS} koppen of {MOST_ARTICLES} artikelen. Is dit een protocol?"
        )
    sections, articles = _coded(placing)
    blocks = tuple(_block(placed, articles) for placed in placing.placed)
    document = Document(
        title=" ".join(placing.title),
        version=version_of(blocks),
        blocks=blocks,
        sections=tuple(sections.values()),
        articles=tuple(articles[id(text)] for text in placing.texts),
    )
    findings = _findings(placing, sections, articles)
    return Examined(document, Review((*_about_all(document), *_with_doubts(findings, doubts))))


def _refuse_what_is_no_text(source: str) -> None:
    odd = sum(1 for sign in source if sign < " " and sign not in "\t\n\r\f\v")
    if len(source) > MOST_CHARACTERS or "\0" in source or odd > MOST_CONTROL_CHARACTERS:
        raise ProtocolRefused(0, "Dit is geen gewone tekst van een protocol. Bewaar het protocol als platte tekst.")
    if len(source.splitlines()) > MOST_LINES:
        raise ProtocolRefused(0, f"Deze tekst heeft meer dan {MOST_LINES} regels. Is dit een protocol?")


def _coded(placing: Placing) -> tuple[dict[int, Section], dict[int, Article]]:
    """The sections by the place of their part, and the articles by the id of their text."""
    sections = sections_of(placing.parts, placing.footnotes, TITLE_LETTER)
    used: set[str] = set()
    articles: dict[int, Article] = {}
    for place, section in sections.items():
        part = placing.parts[place]
        try:
            articles |= {id(text): article for text, article in articles_of(part, section, used)}
        except CodesUsedUp:
            raise ProtocolRefused(part.line, "Onder deze kop staat hetzelfde nummer te vaak.") from None
    return sections, articles


def _block(placed: Placed, articles: dict[int, Article]) -> Block:
    line = placed.seen.line
    return Block(placed.kind, line.number, line.before, line.text, line.after, _code(placed.text, articles))


def _code(text: Text | None, articles: dict[int, Article]) -> ArticleCode | None:
    return None if text is None else articles[id(text)].code


def _with_doubts(findings: Sequence[Finding], doubts: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    of_line: defaultdict[int, list[str]] = defaultdict(list)
    for line, doubt in doubts:
        of_line[line].append(doubt)
    known = {finding.line for finding in findings}
    for line, told in of_line.items():
        if line not in known:
            yield from (Finding(line, "het bestand", unsure=doubt) for doubt in told)
    for finding in findings:
        told = [*([finding.unsure] if finding.unsure else []), *of_line.get(finding.line, [])]
        yield replace(finding, unsure="; ".join(told) or None)


def _about_all(document: Document) -> list[Finding]:
    found = []
    if not document.title:
        found.append(Finding(0, "het protocol heeft geen titel", unsure="er staat geen titel boven de eerste kop"))
    if document.version.effective_on is None:
        found.append(Finding(0, "het protocol noemt geen dag van inwerkingtreding"))
    return found


def _findings(placing: Placing, sections: dict[int, Section], articles: dict[int, Article]) -> list[Finding]:
    letters = {id(placing.parts[place]): section.letter for place, section in sections.items()}
    groups = {part.group for part in placing.parts if part.group is not None}
    found = []
    for placed in placing.placed:
        code = _code(placed.text, articles)
        shown = code
        doubt = placed.seen.doubt
        if placed.kind is BlockKind.HEADING and placed.part is not None:
            letter = letters.get(id(placed.part))
            shown = None if letter is None else ArticleCode(letter)
            if letter is None and not any(placed.part.title in group for group in groups):
                doubt = doubt or "onder deze kop staat niets"
        own_number = placed.text is not None and placed.text.marker is not None
        words = became(placed.kind, shown, own_number=own_number)
        opening = opening_of(placed.seen.marked_text or placed.seen.line.text)
        found.append(Finding(placed.seen.line.number, words, opening, placed.kind, code, doubt))
    return found
