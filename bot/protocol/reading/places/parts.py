"""The pieces of a protocol while it is being read: its parts, their texts, and the lines in their places."""

from dataclasses import dataclass, field

from bot.protocol.document import BlockKind
from bot.protocol.reading.layout.markers import Marker
from bot.protocol.reading.layout.sorting import Seen


@dataclass(slots=True)
class Text:
    """One citable text while it is read; `marker` None for a text without a number of its own."""

    part: "Part"
    line: int
    kind: BlockKind
    marker: Marker | None
    lines: list[str]
    list_item: bool = False
    titled: bool = False


@dataclass(slots=True)
class Part:
    """A heading with what stands under it; `letter` is the source's own."""

    title: str
    line: int
    letter: str | None = None
    group: str | None = None
    chapter: Marker | None = None
    number_length: int = 0
    under_title: bool = False
    texts: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """A line in its place; `text` or `part` is what it belongs to."""

    seen: Seen
    kind: BlockKind
    text: Text | None = None
    part: Part | None = None
