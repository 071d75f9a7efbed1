"""Says of every line what it looks like in its surroundings: heading, numbered text, plain text, or the page's own."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto

from bot.protocol.reading.layout.contents import contents_in, titles_of
from bot.protocol.reading.layout.furniture import furniture_in, page_prefixes
from bot.protocol.reading.layout.lines import Line, is_lower, is_unfinished, lines_of, was_cut, wrap_width
from bot.protocol.reading.layout.markers import NUMBERED, Marker, Style, as_roman, follows, is_first, marker_of, order

LONGEST_HEADING = 120
"""Characters; a longer line without a full stop is a sentence that lost its stop, not a heading."""

LONGEST_LAST_HEADING = 6
"""Words; a longer last line of a text without a full stop is a text, not a heading with nothing below it."""

LONGEST_SHORT_HEADING = 40
"""Characters; a heading up to here stands by itself, also when the line below begins with a small letter."""

_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_MARKDOWN_END = re.compile(r"[ \t]+#+$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1(:?)")
_COLUMNS = re.compile(r"\S {3,}\S")
_ABOUT_ITSELF = re.compile(
    r"(?:versie(?:nummer)?|datum|vast(?:gesteld|stelling)|ingangsdatum|inwerkingtreding|evaluatie(?:datum)?|opsteller"
    r"|auteur|status|eigenaar|instemming|goedgekeurd"
    r"|effective (?:date|from)|review(?: date)?|adopted|approved)\b[^:.]{0,40}:[ \t\xa0]*\S",
    re.IGNORECASE,
)
"""What a protocol says of itself without a table: "Versie: 2.1"."""

_BY_WHOM = re.compile(
    r"(?:(?:vastgesteld|opgesteld|samengesteld|geschreven|goedgekeurd|herzien|bijgewerkt)"
    r"[ \t\xa0]+(?:op|door|in|d\.d\.)|door[ \t\xa0]+[A-Z]\.)[ \t\xa0]*\S.*",
    re.IGNORECASE,
)
"""A line of its own that says who wrote it or when, as it stands under a title: "Vastgesteld op 12 maart 2024"."""

_STEP = re.compile(r"(?:stap|fase|trede)[ \t\xa0]+[0-9]{1,2}", re.IGNORECASE)
"""Under a numbered rule this is a part of the rule, and no part of the protocol."""

_PIPES = re.compile(r"\|.*\|")


class Shape(Enum):
    """What a line is taken for."""

    NOTE = auto()
    PAGE = auto()
    CONTENTS = auto()
    FOOTNOTE = auto()
    TABLE_ROW = auto()
    MARKED = auto()
    HEADING = auto()
    PLAIN = auto()
    GOES_ON = auto()


@dataclass(slots=True)
class Seen:
    """A line with what it is taken for; `line.text` is without the mark. `doubt` says (in Dutch) what is unsure."""

    line: Line
    shape: Shape
    marker: Marker | None = None
    marked_text: str = ""
    certain: bool = False
    doubt: str | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether it carries a number or letter of its own."""
        return self.marker is not None and self.marker.style in NUMBERED


@dataclass(frozen=True, slots=True)
class Sorted:
    """All lines in order, and the titles that the table of contents names."""

    lines: Sequence[Seen]
    titles: frozenset[str]


def sort_lines(source: str) -> Sorted:
    """Look at every line of a text."""
    lines = list(lines_of(source))
    prefixes = page_prefixes(lines)
    lines = [line.without_opening(prefixes.get(line.number, 0)) for line in lines]
    of_page = furniture_in(lines)
    contents = contents_in([line for line in lines if line.number not in of_page])
    seen = [_alone(line, of_page, contents) for line in lines]
    _read_title(seen)
    _read_tables(seen)
    _read_romans(seen)
    _drop_stray_marks(seen)
    _join_cut_lines(seen, wrap_width(lines))
    _read_steps(seen)
    _last_heading(seen)
    return Sorted(seen, frozenset(titles_of(contents)))


def looks_like_heading(text: str) -> bool:
    """Whether a line without a mark could be a heading."""
    return len(text) <= LONGEST_HEADING and text[-1] not in ".;,!"


def _read_title(seen: Sequence[Seen]) -> None:
    """The first line of a text is its title, also when it calls out."""
    first = next((each for each in seen if each.shape is not Shape.PAGE), None)
    if first is not None and first.shape is Shape.PLAIN and first.line.text.endswith("!"):
        first.shape = Shape.HEADING if len(first.line.text) <= LONGEST_HEADING else Shape.PLAIN


def _alone(line: Line, of_page: AbstractSet[int], contents: Mapping[int, str]) -> Seen:
    if line.number in contents or line.number in of_page:
        return Seen(line, Shape.CONTENTS if line.number in contents else Shape.PAGE)
    if line.text.startswith("#"):
        return _markdown(line)
    if bold := _BOLD_LINE.fullmatch(line.text):
        inner = line.without_opening(2)
        return Seen(_shortened(inner, len(bold[2])), Shape.HEADING, certain=True)
    marker = marker_of(line.text)
    if marker is not None and marker.style is Style.FOOTNOTE:
        return Seen(line.without_opening(marker.length), Shape.FOOTNOTE, marker, line.text)
    if marker is not None and not _is_cell(line.text, marker):
        return _marked(line, marker)
    if "\t" in line.text or _PIPES.fullmatch(line.text) or _ABOUT_ITSELF.match(line.text):
        return Seen(line, Shape.TABLE_ROW)
    if not looks_like_heading(line.text):
        return Seen(line, Shape.PLAIN)
    return Seen(line, Shape.NOTE if _BY_WHOM.fullmatch(line.text) else Shape.HEADING)


def _is_cell(text: str, marker: Marker) -> bool:
    """Whether a number is a table's first cell: more cells come, or it is a version such as 1.0."""
    rest = text[marker.length :]
    return text[marker.length - 1 : marker.length] == "\t" and ("\t" in rest or marker.label.endswith(".0"))


def _markdown(line: Line) -> Seen:
    found = _MARKDOWN_HEADING.match(line.text)
    if found is None:
        # A hashtag and no mark: text like any other.
        return Seen(line, Shape.HEADING if looks_like_heading(line.text) else Shape.PLAIN)
    if not looks_like_heading(line.text):
        return Seen(line, Shape.NOTE)
    inner = line.without_opening(found.end())
    end = _MARKDOWN_END.search(inner.text)
    return Seen(_shortened(inner, end.start()) if end else inner, Shape.HEADING, certain=True)


def _shortened(line: Line, length: int) -> Line:
    return Line(
        line.number,
        line.before,
        line.text[:length],
        line.text[length:] + line.after,
        line.after_blank,
        line.indent,
    )


def _marked(line: Line, marker: Marker) -> Seen:
    rest = line.text[marker.length :]
    if not rest:
        # A mark alone on its line: the text comes below it, and the mark is what can be shown of this line.
        return Seen(line, Shape.MARKED, marker, line.text)
    return Seen(line.without_opening(marker.length), Shape.MARKED, marker, line.text)


def _read_tables(seen: Sequence[Seen]) -> None:
    """Lines with columns kept apart by spaces, and lines with empty cells, are rows when rows stand beside them."""
    columns = [each.shape in {Shape.HEADING, Shape.PLAIN} and bool(_COLUMNS.search(each.line.text)) for each in seen]
    for place, each in enumerate(seen):
        near = [other for other in (place - 1, place + 1) if 0 <= other < len(seen)]
        if columns[place] and any(columns[other] for other in near):
            each.shape = Shape.TABLE_ROW
    for place, each in enumerate(seen):
        near = [other for other in (place - 1, place + 1) if 0 <= other < len(seen)]
        beside = any(seen[other].shape is Shape.TABLE_ROW and not seen[other].line.after_blank for other in near[-1:])
        beside = beside or (place > 0 and not each.line.after_blank and seen[place - 1].shape is Shape.TABLE_ROW)
        if each.line.after.startswith("\t") and each.shape in {Shape.HEADING, Shape.PLAIN} and beside:
            each.shape = Shape.TABLE_ROW
        if each.shape is Shape.TABLE_ROW:
            each.line = each.line.with_tabs()


def _read_romans(seen: Sequence[Seen]) -> None:
    """Where a text counts I, II, III its single I, V and X are numbers too; else they are letters."""
    markers = [each.marker for each in seen if each.marker is not None]
    for upper in (True, False):
        if any(marker.style is Style.ROMAN and marker.label.isupper() is upper for marker in markers):
            for each in seen:
                if each.marker is not None and each.marker.label.isupper() is upper:
                    each.marker = as_roman(each.marker)


def _read_steps(seen: Sequence[Seen]) -> None:
    """The steps under a numbered rule, with what stands below each of them, are that rule's own text."""
    under_a_rule = in_a_step = False
    for each in seen:
        if each.shape is Shape.MARKED:
            under_a_rule = each.marker is not None and each.marker.style in {Style.WORDED, Style.ARTICLE}
            in_a_step = False
        elif each.shape is Shape.HEADING:
            in_a_step = under_a_rule and not each.certain and _STEP.fullmatch(each.line.text) is not None
            under_a_rule = in_a_step
        if in_a_step and each.shape in {Shape.HEADING, Shape.PLAIN}:
            each.shape = Shape.GOES_ON


def _drop_stray_marks(seen: Sequence[Seen]) -> None:
    """A letter, a Roman number or a number without a stop is a mark only as part of a row that begins at the first."""
    reached: dict[Style, set[tuple[int, ...]]] = {}
    for each in seen:
        marker = each.marker
        if each.shape is not Shape.MARKED or marker is None:
            continue
        if marker.style not in {Style.BARE, Style.ROMAN, Style.CAPITAL, Style.SMALL_LETTER}:
            continue
        known = reached.setdefault(marker.style, set())
        if is_first(marker) or any(follows(earlier, order(marker)) for earlier in known):
            known.add(order(marker))
        else:
            _unmark(each)


def _unmark(each: Seen) -> None:
    taken = len(each.marked_text) - len(each.line.text)
    line = each.line
    if taken:
        cut = len(line.before) - taken
        each.line = Line(line.number, line.before[:cut], each.marked_text, line.after, line.after_blank, line.indent)
    each.shape = Shape.HEADING if looks_like_heading(each.line.text) else Shape.PLAIN
    each.marker = None


def _join_cut_lines(seen: Sequence[Seen], width: int) -> None:
    """Lines that go on with the sentence above them: no heading, no text of their own."""
    above: Seen | None = None
    page_between = False
    for each in seen:
        if each.shape is Shape.PAGE:
            page_between = True
            continue
        if above is not None and _goes_on(above, each, width, page_between=page_between):
            if each.marker is not None:
                each.doubt = "begint met een nummer of teken, maar gaat verder op de zin erboven"
                _unmark(each)
            each.shape = Shape.GOES_ON
            if above.shape is Shape.HEADING and not above.certain:
                above.shape = Shape.PLAIN
        above, page_between = each, False


_TEXTS = frozenset({Shape.MARKED, Shape.HEADING, Shape.PLAIN, Shape.GOES_ON, Shape.FOOTNOTE})


def _goes_on(above: Seen, each: Seen, width: int, *, page_between: bool) -> bool:
    if above.shape not in _TEXTS or above.certain or each.certain or each.shape not in _TEXTS - {Shape.FOOTNOTE}:
        return False
    if above.shape is Shape.MARKED and above.line.text == above.marked_text:
        return each.marker is None
    cut = was_cut(above.line, each.line, width)
    # A sentence may end just at the edge; what stands below is then the next sentence, or a heading.
    cut = cut and (is_unfinished(above.line.text) or not looks_like_heading(each.line.text))
    if each.marker is not None:
        stray = each.is_numbered and not is_first(each.marker) and is_unfinished(above.line.text)
        in_sentence = cut or is_lower(each.line.text)
        return stray and in_sentence and not each.line.after_blank and not _is_expected(above, each)
    if each.line.after_blank:
        return page_between and is_lower(each.line.text) and is_unfinished(above.line.text)
    if above.shape is Shape.HEADING:
        return cut or (is_lower(each.line.text) and len(above.line.text) > LONGEST_SHORT_HEADING)
    return cut or is_lower(each.line.text)


def _is_expected(above: Seen, each: Seen) -> bool:
    if above.marker is None or each.marker is None or above.marker.style is not each.marker.style:
        return False
    return follows(order(above.marker), order(each.marker))


def _last_heading(seen: Sequence[Seen]) -> None:
    """What is taken for headings at the end of a text, with nothing below them, is text when it is as long as text."""
    for each in reversed(seen):
        if each.shape is Shape.PAGE:
            continue
        if each.shape is not Shape.HEADING or each.certain:
            return
        if len(each.line.text.split()) > LONGEST_LAST_HEADING:
            each.shape = Shape.PLAIN
            each.doubt = "heeft geen punt aan het eind; gelezen als tekst, niet als kop"
