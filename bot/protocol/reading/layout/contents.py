"""Finds the table of contents, whose lines look like headings and are none."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.protocol.reading.layout.lines import Line

_HEADING = re.compile(r"inhoud(sopgave)?:?|contents:?", re.IGNORECASE)
_PAGE = re.compile(r"[ \t\xa0.\u2026_]+([0-9]{1,3})$")
_LEADERS = re.compile(r".*\S[ \t\xa0]?(?:\.{4,}|\u2026{2,}|(?:[ .]\.){3,})[ \t\xa0.]*[0-9]{1,3}")
_NUMBER = re.compile(
    r"(?:(?:hoofdstuk|artikel|deel|paragraaf|§)?[ \t\xa0]*[0-9IVX]+(?:\.[0-9]+)*[.):]?|[A-Z][.)])[ \t\xa0]+",
    re.IGNORECASE,
)
_FEWEST_WITH_LEADERS = 2
_NO_TITLES = frozenset({"", "artikel", "hoofdstuk", "deel", "paragraaf", "bijlage", "klas", "leerjaar"})


def contents_in(lines: Sequence[Line]) -> Mapping[int, str]:
    """The lines of the table of contents, heading included: line number to the title meant ("" for the heading)."""
    for place, line in enumerate(lines):
        if _HEADING.fullmatch(line.text.strip("#* ")):
            return {line.number: "", **_entries_below(lines, place)}
    dotted = [line for line in lines if _LEADERS.fullmatch(line.text)]
    if len(dotted) < _FEWEST_WITH_LEADERS:
        return {}
    return {line.number: bare_title(line.text[: _entry(line.text)[0]]) for line in dotted}


def _entries_below(lines: Sequence[Line], heading: int) -> dict[int, str]:
    last_place = {bare_title(line.text): place for place, line in enumerate(lines)}
    found: dict[int, str] = {}
    reached = 0
    for place in range(heading + 1, len(lines)):
        text = lines[place].text
        end, page = _entry(text)
        if page is not None and page >= reached:
            reached = page
        elif last_place[bare_title(text)] > place:
            end = len(text)
        else:
            break
        found[lines[place].number] = bare_title(text[:end])
    return found


def titles_of(contents: Mapping[int, str]) -> AbstractSet[str]:
    """What the contents say that the headings are, in the form of `bare_title`."""
    return frozenset(title for title in contents.values() if title)


def bare_title(text: str) -> str:
    """A title without its number, capitals and closing signs, for comparing."""
    return re.sub(r"\W+", " ", _NUMBER.sub("", text.strip("#* "), count=1)).strip().casefold()


def _entry(text: str) -> tuple[int, int | None]:
    """Where the title ends and the page that stands behind it; no page when this is no line of contents."""
    found = _PAGE.search(text)
    if found is None or bare_title(text[: found.start()]) in _NO_TITLES:
        return len(text), None
    return found.start(), int(found[1])
