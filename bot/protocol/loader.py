"""Makes a document of a school's own text, and refuses what it cannot place: with the line, and the reason."""

import re
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

_TWO_COLUMNS = re.compile(r"[ \t]*[0-9]{1,2}[.)][ \t]+\S.*\S(?: {3,}|\t+)[0-9]{1,2}[.)][ \t]+\S")
"""A numbered rule with another numbered rule beside it: read on as one line they would be one rule that nobody made."""

FEWEST_BESIDE = 2
"""Lines; one alone may be a rule that counts something."""

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
    beside = [number for number, line in enumerate(source.splitlines(), start=1) if _TWO_COLUMNS.match(line)]
    if len(beside) >= FEWEST_BESIDE:
        raise ProtocolRefused(
            beside[0],
            "Hier staan twee kolommen naast elkaar. Zet de tweede kolom onder de eerste, en probeer het nog eens.",
        )
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
    for place, placed in enumerate(placing.placed):
        code = _code(placed.text, articles)
        shown = code
        doubt = placed.seen.doubt
        if placed.kind is BlockKind.HEADING and placed.part is not None:
            letter = letters.get(id(placed.part))
            shown = None if letter is None else ArticleCode(letter)
            above_others = any(placed.part.title in group for group in groups)
            if letter is None and (not above_others or _in_a_run(place, placing.placed)):
                doubt = doubt or "onder deze kop staat niets"
        own_number = placed.text is not None and placed.text.marker is not None
        words = became(placed.kind, shown, own_number=own_number)
        opening = opening_of(placed.seen.marked_text or placed.seen.line.text)
        found.append(Finding(placed.seen.line.number, words, opening, placed.kind, code, doubt))
    return found


def _in_a_run(place: int, placed: Sequence[Placed]) -> bool:
    """Whether headings stand right below one another here, of which this is one."""
    return _right_above_another(place, placed) or (place > 0 and _right_above_another(place - 1, placed))


def _right_above_another(place: int, placed: Sequence[Placed]) -> bool:
    """Whether the next line looks like a heading too: rules without a full stop stand right below one another so."""
    pair = placed[place : place + 2]
    bare = [each for each in pair if each.kind is BlockKind.HEADING and _is_bare(each)]
    return len(bare) == len(pair) > 1 and not pair[1].seen.line.after_blank


def _is_bare(heading: Placed) -> bool:
    seen, part = heading.seen, heading.part
    return not seen.certain and seen.marker is None and part is not None and part.chapter is None
