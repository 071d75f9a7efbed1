"""Tells numbered headings ("4.2 Afspraken") from numbered rules ("4. Deel geen foto's."): by what stands below them."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.protocol.reading.layout.contents import bare_title
from bot.protocol.reading.layout.markers import Marker, Style, follows, is_first, order
from bot.protocol.reading.layout.sorting import Seen, Shape
from bot.protocol.reading.titles import is_known_title

LONGEST_TITLE = 80

_MAY_BE_CHAPTERS = frozenset(
    {Style.ARABIC, Style.BARE, Style.DOTTED, Style.ROMAN, Style.CAPITAL, Style.ARTICLE, Style.PARAGRAPH}
)
_SKIPPED = frozenset({Shape.PAGE, Shape.NOTE, Shape.FOOTNOTE, Shape.GOES_ON})


def chapters_in(seen: Sequence[Seen], titles: AbstractSet[str]) -> AbstractSet[int]:
    """The places of the numbered lines that are headings."""
    groups: defaultdict[tuple[Style, int], list[int]] = defaultdict(list)
    for place, each in enumerate(seen):
        if each.shape is not Shape.MARKED or each.marker is None or each.marker.style not in _MAY_BE_CHAPTERS:
            continue
        # A line that goes on below is a sentence that was cut, not a title.
        goes_on = place + 1 < len(seen) and seen[place + 1].shape is Shape.GOES_ON
        if each.marker.style is Style.ARTICLE or (looks_like_title(each.line.text) and not goes_on):
            groups[(each.marker.style, each.marker.depth)].append(place)
    below = _places_below(seen)
    found: set[int] = set()
    for (style, _), places in groups.items():
        found |= _of_group(seen, style, places, below, titles)
    return found


def looks_like_title(text: str) -> bool:
    """Whether the text behind a number reads as a title and not as a sentence."""
    is_short = 0 < len(text) <= LONGEST_TITLE and text[-1] not in ".;,:!\u2026"
    return is_short and not text[0].islower() and ". " not in text


def _places_below(seen: Sequence[Seen]) -> Sequence[int | None]:
    """For every line the next one that says something about it."""
    below: list[int | None] = [None] * len(seen)
    following: int | None = None
    for place in range(len(seen) - 1, -1, -1):
        below[place] = following
        if seen[place].shape not in _SKIPPED:
            following = place
    return below


def _of_group(
    seen: Sequence[Seen],
    style: Style,
    places: Sequence[int],
    below: Sequence[int | None],
    titles: AbstractSet[str],
) -> set[int]:
    strong = {place for place in places if _is_strong(seen, place, below[place], titles)}
    # Right below a sentence with the number before it stands the next rule of that list, however short it is.
    rules = {place for place in places if _is_in_list(seen, place) and place - 1 not in places}
    places = [place for place in places if place in strong or place not in rules]
    with_text = {place for place in places if not _is_bare_item(seen, place, below)}
    known = {place for place in with_text if is_known_title(seen[place].line.text)}
    capitals = style is Style.CAPITAL and bool(with_text)
    if style is Style.ARTICLE:
        return set(places) if strong else set()
    if not strong and not capitals and 2 * len(known) < len(places):
        return set()
    chosen: set[int] = set()
    last: tuple[int, ...] | None = None
    for place in places:
        at = order(_marker(seen[place]))
        continues = last is None or follows(last, at)
        if place in strong or (continues and (place in with_text or not _is_in_list(seen, place))):
            chosen.add(place)
            last = at
    return chosen


def _is_strong(seen: Sequence[Seen], place: int, below: int | None, titles: AbstractSet[str]) -> bool:
    """In the table of contents, or a list begins right below."""
    if bare_title(seen[place].line.text) in titles:
        return True
    if below is None or seen[below].marker is None or not seen[below].is_numbered:
        return False
    own, under = _marker(seen[place]), _marker(seen[below])
    if under.label.startswith(f"{own.label}.") and under.style is not own.style:
        return True
    is_next = own.style is under.style and own.depth == under.depth and follows(order(own), order(under))
    return is_first(under) and not is_next


def _is_bare_item(seen: Sequence[Seen], place: int, below: Sequence[int | None]) -> bool:
    """Whether the next line is simply the next number: a short item of a list, or a heading with nothing below it."""
    following = below[place]
    if following is None or seen[following].marker is None:
        return following is None
    own, under = _marker(seen[place]), _marker(seen[following])
    return own.style is under.style and follows(order(own), order(under))


def _is_in_list(seen: Sequence[Seen], place: int) -> bool:
    """Whether the line right above carries the number before this one."""
    if place == 0 or seen[place].line.after_blank or seen[place - 1].marker is None:
        return False
    own, above = _marker(seen[place]), _marker(seen[place - 1])
    return own.style is above.style and follows(order(above), order(own))


def _marker(each: Seen) -> Marker:
    if each.marker is None:
        raise ValueError("only lines with a mark are looked at")
    return each.marker
