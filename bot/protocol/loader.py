"""Makes a document of a school's own text, and refuses what it cannot place: with the line, and the reason."""

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import NoReturn

from bot.protocol.document import Article, Audience, Block, BlockKind, Document, Section, SectionKind
from bot.protocol.reading.lines import Line, Shape, lines_of
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.titles import FOOTNOTES_LETTER, audience_of, meaning_of, short, unabbreviated
from bot.protocol.reading.version_table import version_of
from bot.school.articles import ArticleCode

__all__ = ["ProtocolRefused", "load_document"]

MOST_CHARACTERS = 500_000

_LETTERED = re.compile(r"([A-Z])\.\s+(?=\S)")
_CHAPTER_NUMBER = re.compile(r"\d+(\.\d+)*[ \t]")
_CONTENTS = re.compile(r"inhoud(sopgave)?:?", re.IGNORECASE)


class _Form(Enum):
    """How the texts of one section are counted."""

    NONE = auto()
    NUMBERED = auto()
    BULLETS = auto()
    PARAGRAPHS = auto()
    TABLE = auto()


@dataclass(slots=True)
class _OpenSection:
    """The section that is being read; it becomes a section of the document with its first text."""

    title: str
    letter: str | None
    line: int
    group: str | None
    form: _Form = _Form.NONE
    last: int = 0
    section: Section | None = None


@dataclass(slots=True)
class _Reading:
    """Everything read so far."""

    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    in_contents: bool = False
    open: _OpenSection | None = None
    last_list: Article | None = None
    model_title: str | None = None
    footnotes: Section | None = None

    def keep(self, line: Line, kind: BlockKind, code: ArticleCode | None = None) -> None:
        self.blocks.append(Block(kind, line.number, line.before, line.text, line.after, code))


def load_document(source: str) -> Document:
    """Read a protocol; raises `ProtocolRefused` when a line belongs nowhere."""
    if len(source) > MOST_CHARACTERS or "\0" in source:
        raise ProtocolRefused(0, "Dit is geen gewone tekst van een protocol. Bewaar het protocol als platte tekst.")
    reading = _Reading()
    for line in lines_of(source):
        _read(reading, line)
    if reading.open is not None and reading.open.section is None:
        _refuse(reading.open.line, "Onder deze kop staat niets meer. Haal de kop weg of zet de tekst eronder.")
    if not reading.articles:
        raise ProtocolRefused(0, "In deze tekst staan geen artikelen. Controleer of dit het hele protocol is.")
    return Document(
        title=" ".join(reading.title),
        version=version_of(reading.blocks),
        blocks=tuple(reading.blocks),
        sections=tuple(reading.sections),
        articles=tuple(reading.articles),
    )


def _refuse(line: int, reason: str) -> NoReturn:
    raise ProtocolRefused(line, reason)


def _read(reading: _Reading, line: Line) -> None:
    if line.shape is Shape.NOTE:
        reading.keep(line, BlockKind.NOTE)
    elif _is_front_matter(reading, line):
        return
    elif line.shape is Shape.FOOTNOTE:
        _footnote(reading, line)
    elif line.shape is Shape.TABLE_ROW:
        _table_row(reading, line)
    elif line.shape in {Shape.NUMBERED, Shape.BULLET}:
        _list_item(reading, line)
    elif line.shape is Shape.HEADING:
        _heading(reading, line)
    else:
        _sentence(reading, line)


def _is_front_matter(reading: _Reading, line: Line) -> bool:
    """Keep a line of the title or the table of contents; False when the line is neither."""
    if reading.in_contents and line.is_contents_entry:
        reading.keep(line, BlockKind.CONTENTS)
        return True
    reading.in_contents = False
    if line.shape is not Shape.HEADING or reading.articles:
        return False
    if _CONTENTS.fullmatch(line.text):
        # Headings before the contents were the title page after all.
        reading.title = [block.text for block in reading.blocks if block.kind is not BlockKind.NOTE]
        reading.blocks = [_as_title(block) for block in reading.blocks]
        reading.open = None
        reading.keep(line, BlockKind.CONTENTS)
        reading.in_contents = True
        return True
    if not reading.title:
        reading.title.append(line.text)
        reading.keep(line, BlockKind.TITLE)
        return True
    return False


def _as_title(block: Block) -> Block:
    return block if block.kind is BlockKind.NOTE else replace(block, kind=BlockKind.TITLE)


def _heading(reading: _Reading, line: Line) -> None:
    if _CHAPTER_NUMBER.match(line.text):
        _refuse(line.number, "Deze regel begint met een nummer zonder punt. Zet er een punt achter of haal het weg.")
    lettered = _LETTERED.match(line.text)
    title = line.text[lettered.end() :] if lettered else line.text
    if title.startswith(".."):
        title = unabbreviated(title, reading.model_title)
    else:
        reading.model_title = title
    letter = lettered[1] if lettered else None
    reading.open = _OpenSection(title, letter, line.number, _group_above(reading.open))
    reading.last_list = None
    reading.keep(line, BlockKind.HEADING)


def _group_above(above: _OpenSection | None) -> str | None:
    """The headings right above, when nothing stands under them: they group the section that comes."""
    if above is None or above.section is not None:
        return None
    return above.title if above.group is None else f"{above.group} \u2013 {above.title}"


def _sentence(reading: _Reading, line: Line) -> None:
    if _CHAPTER_NUMBER.match(line.text):
        _refuse(line.number, "Deze regel begint met een nummer zonder punt. Zet er een punt achter of haal het weg.")
    current = reading.open
    if current is not None and current.form in {_Form.NUMBERED, _Form.BULLETS}:
        if line.after_blank or reading.last_list is None:
            _refuse(line.number, "Deze alinea staat tussen genummerde regels en heeft zelf geen nummer of kop.")
        _follow_on(reading, line, reading.last_list)
        return
    current, section = _opened(reading, line, _Form.PARAGRAPHS)
    _add(reading, line, section, current.last + 1)


def _list_item(reading: _Reading, line: Line) -> None:
    form = _Form.NUMBERED if line.shape is Shape.NUMBERED else _Form.BULLETS
    current, section = _opened(reading, line, form)
    number = current.last + 1 if line.marker is None else line.marker
    if number != current.last + 1:
        _refuse(line.number, f"Hier staat nummer {number}, maar verwacht werd nummer {current.last + 1}.")
    reading.last_list = _add(reading, line, section, number)


def _follow_on(reading: _Reading, line: Line, article: Article) -> None:
    longer = replace(article, text=f"{article.text}\n{line.text}")
    reading.articles[reading.articles.index(article)] = longer
    reading.last_list = longer
    reading.keep(line, BlockKind.FOLLOW_ON, article.code)


def _table_row(reading: _Reading, line: Line) -> None:
    if reading.open is None:
        _refuse(line.number, "Deze tabel staat boven de eerste kop. Zet er een kop boven, zoals Versiebeheer.")
    if reading.open.form is _Form.TABLE:
        table = reading.articles[-1]
        reading.articles[-1] = replace(table, text=f"{table.text}\n{line.text}")
        reading.keep(line, BlockKind.TABLE_ROW, table.code)
        return
    _, section = _opened(reading, line, _Form.TABLE)
    _add(reading, line, section, None)


def _footnote(reading: _Reading, line: Line) -> None:
    if reading.footnotes is None:
        reading.footnotes = Section(
            FOOTNOTES_LETTER, "Voetnoten", "Voetnoten", SectionKind.FOOTNOTES, Audience.EVERYONE
        )
        reading.sections.append(reading.footnotes)
    code = ArticleCode(f"{FOOTNOTES_LETTER}{line.marker}")
    if any(article.code == code for article in reading.articles):
        _refuse(line.number, f"Voetnoot {line.marker} staat er al.")
    reading.articles.append(Article(code, reading.footnotes, line.marker, line.text, line.number, Audience.EVERYONE))
    reading.keep(line, BlockKind.FOOTNOTE, code)


def _opened(reading: _Reading, line: Line, form: _Form) -> tuple[_OpenSection, Section]:
    """The open section, counting its texts in this form; text right under the title gets the title as its heading."""
    if reading.open is None:
        if not reading.title or reading.articles:
            _refuse(line.number, "Deze tekst staat boven de eerste kop. Begin met de titel van het protocol.")
        reading.open = _OpenSection(" ".join(reading.title), "I", line.number, None)
    current = reading.open
    if current.form not in {_Form.NONE, form}:
        _refuse(line.number, "Onder deze kop staan losse alinea's en genummerde regels door elkaar.")
    current.form = form
    if current.section is None:
        current.section = _section(reading, current)
        reading.sections.append(current.section)
    return current, current.section


def _section(reading: _Reading, current: _OpenSection) -> Section:
    taken = {section.letter for section in reading.sections}
    if current.letter in taken:
        _refuse(current.line, f"Er zijn twee koppen met de letter {current.letter}.")
    meaning = meaning_of(current.title, taken)
    if meaning is None:
        _refuse(current.line, "Er zijn meer koppen dan letters. Voeg koppen samen.")
    letter = current.letter or meaning.letter
    return Section(letter, current.title, short(current.title), meaning.kind, meaning.audience, current.group)


def _add(reading: _Reading, line: Line, section: Section, number: int | None) -> Article:
    code = ArticleCode(f"{section.letter}{'' if number is None else number}")
    audience = section.audience if section.audience is not Audience.EVERYONE else audience_of(line.text)
    article = Article(code, section, number, line.text, line.number, audience)
    reading.articles.append(article)
    if reading.open is not None:
        reading.open.last = number or 0
    reading.keep(line, BlockKind.TABLE_ROW if number is None else BlockKind.ARTICLE, code)
    return article
