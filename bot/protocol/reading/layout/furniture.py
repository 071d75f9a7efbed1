"""Finds what a page has of its own in a text that was copied from one: page numbers, running heads, ruled lines."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from bot.protocol.reading.layout.lines import Line

_PAGE = re.compile(
    r"(?:pagina|blz\.?|bladzijde|pag\.?|page)[ \t\xa0]*[0-9]{1,3}(?:[ \t\xa0]*(?:/|van|of)[ \t\xa0]*[0-9]{1,3})?"
    r"|[0-9]{1,3}[ \t\xa0]*(?:/|van)[ \t\xa0]*[0-9]{1,3}|[\u2013\u2014-][ \t\xa0]*[0-9]{1,3}[ \t\xa0]*[\u2013\u2014-]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_OF_PAGES = r"[0-9]{1,3}[ \t\xa0]*(?:/|van)[ \t\xa0]*[0-9]{1,3}"
_RUNNING = re.compile(
    rf".{{3,90}}?[ \t\xa0|\u2013-]((?:pagina|blz\.?|pag\.?)[ \t\xa0]*(?:{_OF_PAGES}|[0-9]{{1,3}})|{_OF_PAGES})",
    re.IGNORECASE,
)
_BEFORE_TEXT = re.compile(r"[0-9]{1,3} ?/ ?([0-9]{1,3})[ \t\xa0]+(?=\S)")
_LONGEST_RUNNING_HEAD = 100


def page_prefixes(lines: Sequence[Line]) -> Mapping[int, int]:
    """Where a page number such as "3 / 7 " stands before the text of a line: line number to its length."""
    found = {line.number: match for line in lines if (match := _BEFORE_TEXT.match(line.text))}
    pages = Counter(match[1] for match in found.values())
    return {number: match.end() for number, match in found.items() if pages[match[1]] > 1}


def furniture_in(lines: Sequence[Line]) -> AbstractSet[int]:
    """The numbers of the lines that belong to the page and not to the text."""
    ruled = {line.number for line in lines if not any(sign.isalnum() for sign in line.text)}
    numbered = {line.number for line in lines if _PAGE.fullmatch(line.text)} | _bare_page_numbers(lines)
    return ruled | numbered | _running_numbered(lines) | _running_beside(lines, numbered)


def _bare_page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines of one number, when there are several and they count up: 2, 3, 4; a number alone could be anything."""
    bare = [(line.number, int(line.text)) for line in lines if _BARE_NUMBER.fullmatch(line.text)]
    counts_up = all(later[1] == earlier[1] + 1 for earlier, later in pairwise(bare))
    return {number for number, _ in bare} if len(bare) > 1 and counts_up else set()


def _running_numbered(lines: Sequence[Line]) -> set[int]:
    """Lines that are the same again and again but for the page number at their end."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in lines:
        if "\t" not in line.text.strip() and (match := _RUNNING.fullmatch(line.text)):
            groups[line.text[: match.start(1)]].append((line.number, match[1]))
    return {
        number
        for same in groups.values()
        if len(same) > 1 and len({page for _, page in same}) == len(same)
        for number, _ in same
    }


def _running_beside(lines: Sequence[Line], numbered: AbstractSet[int]) -> set[int]:
    """Lines that come back, each time right beside a page number or at the beginning of a page."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if len(line.text) <= _LONGEST_RUNNING_HEAD:
            places[line.text].append(place)
    found = set()
    for same in places.values():
        if len(same) > 1 and all(_at_page_edge(lines, place, numbered) for place in same[1:]):
            # The first time it may be the title itself, which stays.
            first = same[0] if _at_page_edge(lines, same[0], numbered) and same[0] > 0 else None
            found |= {lines[place].number for place in same if place != same[0] or first is not None}
    return found


def _at_page_edge(lines: Sequence[Line], place: int, numbered: AbstractSet[int]) -> bool:
    beside = [lines[near].number for near in (place - 1, place + 1) if 0 <= near < len(lines)]
    return any(number in numbered for number in beside) or "\f" in lines[place].before
