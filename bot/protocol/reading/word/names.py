"""The names of Word's own XML (ECMA-376, part 1), and how to look them up."""

from collections.abc import Iterator
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""What lxml writes before every name of Word's own."""

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

Element = Any
"""An element of lxml, which comes without types."""


def w(name: str) -> str:
    """A name in Word's namespace, as lxml writes it."""
    return f"{WORD}{name}"


ALTERNATE, FALLBACK = f"{_COMPATIBLE}AlternateContent", f"{_COMPATIBLE}Fallback"


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names, None when there is none."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element that may not be there."""
    if element is None:
        return None
    found = element.get(w(name))
    return None if found is None else str(found)


def number(element: Element | None, name: str = "val") -> int | None:
    """The same as a number, None for what is none."""
    text = value(element, name)
    if text is None or not text.lstrip("-").isdecimal() or len(text) > _LONGEST_NUMBER:
        return None
    return int(text)


_LONGEST_NUMBER = 9


def is_on(element: Element | None) -> bool:
    """Whether a switch such as bold stands there and is not turned off."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def each(element: Element | None, name: str) -> Iterator[Element]:
    """All children of a name."""
    if element is not None:
        yield from element.iterchildren(w(name))


def through(element: Element, name: str) -> Iterator[Element]:
    """All children of a name, also those that stand in a content control."""
    for piece in element:
        if piece.tag == w(name):
            yield piece
        elif piece.tag in {w("sdt"), w("sdtContent"), w("customXml")}:
            yield from through(piece, name)


def left_of(element: Element) -> int:
    """How far a paragraph or level says that it stands in, in twentieths of a point; 0 when it says nothing."""
    indent = child(element, "pPr", "ind")
    return number(indent, "left") or number(indent, "start") or 0
