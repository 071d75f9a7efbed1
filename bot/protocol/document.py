"""A school's protocol as a structured value, which still holds its source to the last character."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.school.articles import ArticleCode, Citation


class BlockKind(StrEnum):
    """What a piece of the source is."""

    NOTE = "note"
    PAGE = "page"
    TITLE = "title"
    CONTENTS = "contents"
    HEADING = "heading"
    ARTICLE = "article"
    FOLLOW_ON = "follow_on"
    FOOTNOTE = "footnote"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the source: `before + text + after` is what stands there, line ends and white space included.

    `line` counts from 1. `code` is the article that the line belongs to, None for titles, headings and contents.
    """

    kind: BlockKind
    line: int
    before: str
    text: str
    after: str
    code: ArticleCode | None = None

    @property
    def verbatim(self) -> str:
        """The characters of the source."""
        return self.before + self.text + self.after


class SectionKind(StrEnum):
    """What a section does in a protocol; `OTHER` when its title does not tell."""

    INTRODUCTION = "introduction"
    PRINCIPLES = "principles"
    SCOPE = "scope"
    RULES = "rules"
    SANCTIONS = "sanctions"
    VERSIONS = "versions"
    FOOTNOTES = "footnotes"
    OTHER = "other"


class Audience(StrEnum):
    """Whom a section speaks to."""

    EVERYONE = "everyone"
    STAFF = "staff"
    PUPILS = "pupils"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part; `title` is the whole title, `short_title` the one to cite (without what stands in brackets).

    `is_article` is true where the source calls the part itself an article; the numbers in it are then its paragraphs.
    """

    letter: str
    title: str
    short_title: str
    kind: SectionKind
    audience: Audience
    group: str | None = None
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One citable text; `text` is verbatim, without its number.

    `label` is the number or letter as the source writes it, None where the source does not count; only that is cited.
    `number` is the label as a number, or the place among texts that the source does not count; None where neither fits.
    `audience` is read from whom the text names: it helps to find an article, it does not settle whom the rule binds.
    """

    code: ArticleCode
    section: Section
    number: int | None
    text: str
    line: int
    audience: Audience
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What the version table says: the day of taking effect and the year of evaluation, each None when not told."""

    effective_on: date | None
    evaluation_year: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole protocol, in the order of its source."""

    title: str
    version: Version
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    articles: tuple[Article, ...]
    _by_code: Mapping[ArticleCode, Article] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {article.code: article for article in self.articles})

    @property
    def source(self) -> str:
        """The school's own text, character for character."""
        return "".join(block.verbatim for block in self.blocks)

    def find(self, code: str) -> Article | None:
        """The article with this code, None when the loaded protocol has no such article."""
        return self._by_code.get(ArticleCode(code))

    def of_section(self, section: Section) -> tuple[Article, ...]:
        """The articles of a section, in order."""
        return tuple(article for article in self.articles if article.section == section)

    def cite(self, article: Article) -> Citation:
        """The fields from which a caller words a citation; a number that the source does not have is not in it."""
        label, section = article.label, article.section.short_title
        if label is not None and article.section.is_article:
            part = "lid" if label[:1].isdecimal() else "onder"
            return Citation(article.code, f"{section}, {part} {label}", None, self.version.effective_on)
        number = int(label) if label is not None and label.isdecimal() else label
        return Citation(article.code, section, number, self.version.effective_on)
