"""Gives sections their letters and texts their codes: from the numbers of the source, never from numbers of our own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from string import ascii_lowercase

from bot.protocol.document import Article, Audience, BlockKind, Section, SectionKind
from bot.protocol.reading.layout.markers import Style
from bot.protocol.reading.places.parts import Part, Text
from bot.protocol.reading.titles import FOOTNOTES_LETTER, audience_of, meaning_of, short
from bot.school.articles import ArticleCode


def sections_of(parts: Sequence[Part], footnotes: Part | None, introduction: str) -> dict[int, Section]:
    """The sections that have text, by place; `introduction` is what the part under the title wants."""
    with_text = [(place, part) for place, part in enumerate(parts) if part.texts]
    taken = {part.letter for _, part in with_text if part.letter is not None}
    taken |= {FOOTNOTES_LETTER} if footnotes is not None else set()
    titles = Counter(short(part.title) for _, part in with_text)
    found: dict[int, Section] = {}
    for place, part in with_text:
        if part is footnotes:
            letter = FOOTNOTES_LETTER if FOOTNOTES_LETTER not in _letters(with_text) else "FN"
            found[place] = Section(letter, part.title, part.title, SectionKind.FOOTNOTES, Audience.EVERYONE)
            continue
        meaning = meaning_of(part.title[part.number_length :], taken)
        letter = part.letter or (introduction if part.under_title and introduction not in taken else meaning.letter)
        taken.add(letter)
        cited = short(part.title)
        if titles[cited] > 1 and part.group is not None:
            cited = f"{part.group} \u2013 {cited}"
        found[place] = Section(letter, part.title, cited, meaning.kind, meaning.audience, part.group, _is_article(part))
    return found


def _is_article(part: Part) -> bool:
    return part.chapter is not None and part.chapter.style is Style.ARTICLE


def _letters(parts: Sequence[tuple[int, Part]]) -> set[str]:
    return {part.letter for _, part in parts if part.letter is not None}


def articles_of(part: Part, section: Section, used: set[str]) -> Iterator[tuple[Text, Article]]:
    """The texts of one part with their codes; `used` holds all codes so far, in small letters, and is added to."""
    labels = [text.marker.label for text in part.texts if text.marker is not None]
    tables = [text for text in part.texts if text.kind is BlockKind.TABLE_ROW]
    # Where the source itself counts with letters, ours come from the other end of the alphabet.
    alphabet = ascii_lowercase[::-1] if any(label.isalpha() for label in labels) else ascii_lowercase
    letters = ("".join(pair) for size in (1, 2, 3) for pair in product(alphabet, repeat=size))
    place = 0
    # The source's own numbers first: nothing of ours may be in their way.
    for text in sorted(part.texts, key=lambda text: text.marker is None):
        number: int | None = None
        label = None if text.marker is None else text.marker.label
        if label is not None:
            number = int(label) if label.isdecimal() else None
            code = _free((section.letter + label + more for more in ("", *ascii_lowercase)), used)
        elif text.kind is BlockKind.TABLE_ROW and len(tables) == 1 and section.letter.casefold() not in used:
            code = section.letter
        elif labels or text.kind is BlockKind.TABLE_ROW:
            code = _free((section.letter + more for more in letters), used)
        else:
            place += 1
            number = place
            code = _free((f"{section.letter}{place}{more}" for more in ("", *ascii_lowercase)), used)
        used.add(code.casefold())
        yield text, _article(text, section, ArticleCode(code), number, label)


def _article(text: Text, section: Section, code: ArticleCode, number: int | None, label: str | None) -> Article:
    audience = section.audience if section.audience is not Audience.EVERYONE else audience_of(text.lines[0])
    if text.kind is BlockKind.FOOTNOTE:
        audience = Audience.EVERYONE
    return Article(code, section, number, "\n".join(text.lines), text.line, audience, label)


def _free(wanted: Iterator[str], used: set[str]) -> str:
    found = next((code for code in wanted if code.casefold() not in used), None)
    if found is None:
        raise CodesUsedUp
    return found


class CodesUsedUp(Exception):
    """The same number stands under one heading so often that no code is left for it."""
