"""What Word's paragraph styles say: which are headings, which are numbered, which are bold."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.protocol.reading.word.names import Element, child, each, is_on, number, value

_DEEPEST = 20
BODY_TEXT = 9
"""The outline level that means "no heading"."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one file, by their ids."""

    elements: dict[str, Element] = field(default_factory=dict)
    default: str | None = None

    def chain(self, style: str | None) -> Iterator[Element]:
        """The style and what it is based on, nearest first."""
        name = style or self.default
        for _ in range(_DEEPEST):
            element = self.elements.get(name or "")
            if element is None:
                return
            yield element
            name = value(child(element, "basedOn"))

    def name(self, style: str | None) -> str:
        """The name in Word's own language, in small letters: "heading 1" also in a Dutch Word."""
        element = self.elements.get(style or self.default or "")
        return (value(child(element, "name")) or "").casefold()

    def heading_level(self, paragraph: Element, style: str | None) -> int | None:
        """From 1; 0 for the title of the document, None for what is no heading."""
        if self.name(style) in {"title", "titel"}:
            return 0
        own = number(child(paragraph, "pPr", "outlineLvl"))
        levels = [own, *(number(child(element, "pPr", "outlineLvl")) for element in self.chain(style))]
        level = next((level for level in levels if level is not None), None)
        if level is not None and 0 <= level < BODY_TEXT:
            return level + 1
        name, _, digit = self.name(style).rpartition(" ")
        return int(digit) if name in {"heading", "kop"} and digit.isdecimal() and len(digit) == 1 else None

    def is_contents(self, style: str | None) -> bool:
        """Whether it is a style of the table of contents."""
        return self.name(style).startswith(("toc ", "inhopg ", "toc heading", "table of contents"))

    def is_strong(self, style: str | None) -> bool:
        """Whether the style itself is bold or underlined."""
        for element in self.chain(style):
            found = child(element, "rPr", "b")
            if found is not None:
                return is_on(found)
        return False

    def list_of(self, style: str | None) -> tuple[Element | None, str | None]:
        """The numbering of the nearest style that has one, with that style's id."""
        for element in self.chain(style):
            found = child(element, "pPr", "numPr")
            if found is not None:
                return found, value(element, "styleId")
        return None, None


def styles_of(root: Element | None) -> Styles:
    """The paragraph styles that a file defines."""
    elements: dict[str, Element] = {}
    default = None
    for element in each(root, "style"):
        if value(element, "type") != "paragraph":
            continue
        name = value(element, "styleId") or ""
        elements[name] = element
        if is_on(element) and value(element, "default") in {"1", "true", "on"}:
            default = name
    return Styles(elements, default)
