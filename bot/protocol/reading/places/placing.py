"""Gives every line of a protocol its place: under which heading, in which list, with which text it belongs."""

import re
from collections.abc import Sequence
from typing import NoReturn

from bot.protocol.document import BlockKind
from bot.protocol.reading.layout.chapters import chapters_in, looks_like_title
from bot.protocol.reading.layout.lines import Line, is_lower
from bot.protocol.reading.layout.markers import NUMBERED, Marker, Style, marker_of, order
from bot.protocol.reading.layout.sorting import Seen, Shape, Sorted
from bot.protocol.reading.places.lists import OpenList
from bot.protocol.reading.places.parts import Part, Placed, Text
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.titles import unabbreviated

TITLE_LETTER = "I"
"""The wish of the part that stands right under the title: it introduces what comes."""

FEWEST_WORDS = 4
"""A line with a colon right under a heading is a sentence from this many words on, and with fewer another heading."""

MOST_WORDS = 10
"""A heading with more words may well be a rule whose full stop was forgotten."""

LOOK_AHEAD = 60
"""Lines; how far the next number of a list is looked for."""


class Placing:
    """Reads the lines in order; raises `ProtocolRefused` for one that belongs nowhere."""

    def __init__(self, lines: Sorted) -> None:
        self.lines: Sequence[Seen] = lines.lines
        self.chapters = chapters_in(lines.lines, lines.titles)
        self.placed: list[Placed] = []
        self.parts: list[Part] = []
        self.texts: list[Text] = []
        self.title: list[str] = []
        self.open: Part | None = None
        self.list = OpenList()
        self._model_title: str | None = None
        self._footnotes: Part | None = None
        self._after_contents = False

    def read(self) -> None:
        """Place every line."""
        for place, seen in enumerate(self.lines):
            self._place(place, seen)

    @property
    def footnotes(self) -> Part | None:
        """The part of the footnotes, None without any."""
        return self._footnotes

    def _place(self, place: int, seen: Seen) -> None:
        match seen.shape:
            case Shape.NOTE | Shape.PAGE:
                self._keep(seen, BlockKind.NOTE if seen.shape is Shape.NOTE else BlockKind.PAGE)
            case Shape.CONTENTS:
                self._contents(seen)
            case Shape.FOOTNOTE:
                self._footnote(seen)
            case Shape.TABLE_ROW:
                self._table_row(seen)
            case Shape.GOES_ON:
                self._goes_on(seen)
            case Shape.MARKED if place in self.chapters:
                self._chapter(seen)
            case Shape.MARKED:
                self._item(seen)
            case Shape.HEADING:
                self._heading(place, seen)
            case Shape.PLAIN:
                self._sentence(place, seen)

    def _keep(self, seen: Seen, kind: BlockKind, text: Text | None = None, part: Part | None = None) -> None:
        self.placed.append(Placed(seen, kind, text, part))

    def _contents(self, seen: Seen) -> None:
        if not self._after_contents and not self.texts:
            # Headings before the contents were the title page after all.
            self._after_contents = True
            pages = [placed for placed in self.placed if placed.kind in {BlockKind.TITLE, BlockKind.HEADING}]
            self.title = [placed.seen.line.text for placed in pages]
            for placed in pages:
                placed.kind, placed.part = BlockKind.TITLE, None
            self.open, self.parts = None, []
        self._keep(seen, BlockKind.CONTENTS)

    def _heading(self, place: int, seen: Seen) -> None:
        if not self.title and not self.texts and self.open is None and not _CHAPTER.match(seen.line.text):
            self.title.append(seen.line.text)
            self._keep(seen, BlockKind.TITLE)
            return
        if self._introduces_a_list(place, seen):
            self._sentence(place, seen)
            return
        title = seen.line.text
        if not seen.certain and len(title.split()) > MOST_WORDS:
            seen.doubt = seen.doubt or "lang voor een kop: is dit een regel zonder punt?"
        if title.startswith(".."):
            title = unabbreviated(title, self._model_title)
        else:
            self._model_title = title
        # A heading that the source marks as one may carry a number all the same: "## Artikel 3 Gevolgen".
        marker = marker_of(title) if seen.certain else None
        marker = marker if marker is not None and marker.style in NUMBERED else None
        length = 0 if marker is None else marker.length
        group = self._group_above(marker)
        self._open_part(seen, Part(title, seen.line.number, group=group, chapter=marker, number_length=length))

    def _introduces_a_list(self, place: int, seen: Seen) -> bool:
        """A line with a colon right above a list that finishes it, or a long one right under a heading."""
        if seen.certain or not seen.line.text.endswith(":") or place + 1 == len(self.lines):
            return False
        below = self.lines[place + 1]
        if below.shape is not Shape.MARKED or place + 1 in self.chapters:
            return False
        if _finishes(below, _marker(below), seen.line.text):
            return True
        return self.open is not None and not self.open.texts and len(seen.line.text.split()) >= FEWEST_WORDS

    def _chapter(self, seen: Seen) -> None:
        marker = _marker(seen)
        letter = marker.label if marker.style is Style.CAPITAL else None
        title = seen.line.text if letter else seen.marked_text
        length = 0 if letter else len(seen.marked_text) - len(seen.line.text)
        self._model_title = title
        part = Part(title, seen.line.number, letter, self._group_above(marker), marker, length)
        if letter and any(other.letter == letter and other.texts for other in self.parts):
            refuse(seen.line.number, f"Er zijn twee koppen met de letter {letter}.")
        self._open_part(seen, part)

    def _open_part(self, seen: Seen, part: Part) -> None:
        self.open = part
        self.parts.append(part)
        self.list = self.list.next_one()
        self._keep(seen, BlockKind.HEADING, part=part)

    def _group_above(self, marker: Marker | None) -> str | None:
        """The heading that this one stands under: of the number above it, or right above with nothing in between."""
        if marker is not None and marker.depth:
            parent = marker.label.rpartition(".")[0]
            for part in reversed(self.parts):
                if part.chapter is not None and part.chapter.label == parent:
                    return part.title
        above = self.open
        if above is None:
            return None
        if marker is not None and above.chapter is not None and above.chapter.style is marker.style:
            return above.group
        if above.texts:
            return None
        return above.title if above.group is None else f"{above.group} \u2013 {above.title}"

    def _goes_on(self, seen: Seen) -> None:
        last = next((each for each in reversed(self.placed) if each.kind not in _BESIDE), None)
        if last is not None and last.text is not None:
            self._add_line(seen, last.text)
        elif last is not None and last.kind is BlockKind.HEADING and last.part is not None:
            last.part.title += f" {seen.line.text}"
            self._keep(seen, BlockKind.HEADING, part=last.part)
        else:
            refuse(seen.line.number, "Deze regel gaat verder op een zin die er niet staat. Zet er een kop boven.")

    def _sentence(self, place: int, seen: Seen) -> None:
        item = self.list.last_item
        if item is not None and (not seen.line.after_blank or self._belongs_below(place, seen, item)):
            self._add_line(seen, item)
            return
        if item is not None:
            seen.doubt = seen.doubt or "losse alinea na een lijst: een tekst zonder nummer"
        part = self._part_for(seen)
        self.list.close()
        self._new_text(seen, Text(part, seen.line.number, BlockKind.ARTICLE, None, [seen.line.text]))

    def _belongs_below(self, place: int, seen: Seen, item: Text) -> bool:
        """Whether a paragraph after a blank line belongs to the rule above it: its title waits, or the list goes on."""
        if item.titled and len(item.lines) == 1:
            return True
        for ahead in range(place + 1, min(place + LOOK_AHEAD, len(self.lines))):
            each = self.lines[ahead]
            if each.shape is Shape.HEADING or ahead in self.chapters:
                break
            if each.shape is Shape.MARKED and self.list.expects(_marker(each)):
                seen.doubt = seen.doubt or "alinea tussen twee nummers: hoort bij het nummer erboven?"
                return True
        return False

    def _item(self, seen: Seen) -> None:
        marker = _marker(seen)
        part = self._part_for(seen)
        sentence = self._sentence_above(part, seen, marker)
        if sentence is not None:
            self.list.hang_below(seen, marker, sentence)
        if self.list.holds(seen, marker) and self.list.last_item is not None:
            if seen.line.after_blank and self.list.is_new_below(marker):
                seen.doubt = seen.doubt or "lijst na een witregel: hoort bij de regel erboven?"
            self.list.note_below(seen, marker)
            # The mark stays in the text: it is how the source counts within this rule.
            seen.line = _with_mark(seen)
            self._add_line(seen, self.list.last_item)
            return
        seen.doubt = seen.doubt or self.list.doubt_about(marker)
        kept = marker if seen.is_numbered else None
        titled = seen.is_numbered and (looks_like_title(seen.line.text) or seen.line.text == seen.marked_text)
        text = Text(part, seen.line.number, BlockKind.ARTICLE, kept, [seen.line.text], list_item=True, titled=titled)
        self._new_text(seen, text)
        self.list.take(seen, marker, text)

    def _sentence_above(self, part: Part, seen: Seen, marker: Marker) -> Text | None:
        """The sentence without a number that this item finishes, such as "Het is verboden om:"."""
        text = part.texts[-1] if part.texts and self.list.last_item is None else None
        if text is None or text.list_item or text.kind is not BlockKind.ARTICLE or not text.lines[-1].endswith(":"):
            return None
        return text if _finishes(seen, marker, " ".join(text.lines)) else None

    def _table_row(self, seen: Seen) -> None:
        part = self._part_for(seen)
        last = part.texts[-1] if part.texts else None
        if last is not None and last.kind is BlockKind.TABLE_ROW:
            last.lines.append(seen.line.text)
            self._keep(seen, BlockKind.TABLE_ROW, last, part)
            return
        self.list.close()
        self._new_text(seen, Text(part, seen.line.number, BlockKind.TABLE_ROW, None, [seen.line.text]))

    def _footnote(self, seen: Seen) -> None:
        if self._footnotes is None:
            self._footnotes = Part("Voetnoten", seen.line.number)
            self.parts.append(self._footnotes)
        marker = _marker(seen)
        if any(text.marker is not None and order(text.marker) == order(marker) for text in self._footnotes.texts):
            refuse(seen.line.number, f"Voetnoot {marker.label} staat er al.")
        text = Text(self._footnotes, seen.line.number, BlockKind.FOOTNOTE, marker, [seen.line.text])
        self._new_text(seen, text)

    def _part_for(self, seen: Seen) -> Part:
        """The open part; text right under the title gets the title as its heading."""
        if self.open is None:
            if not self.title or self.texts:
                refuse(seen.line.number, "Deze tekst staat boven de eerste kop. Begin met de titel van het protocol.")
            self.open = Part(" ".join(self.title), seen.line.number, under_title=True)
            self.parts.append(self.open)
        return self.open

    def _new_text(self, seen: Seen, text: Text) -> None:
        text.part.texts.append(text)
        self.texts.append(text)
        self._keep(seen, text.kind, text, text.part)

    def _add_line(self, seen: Seen, text: Text) -> None:
        text.lines.append(seen.line.text)
        self._keep(seen, BlockKind.FOLLOW_ON, text, text.part)


_CHAPTER = re.compile(r"(?:hoofdstuk|deel|paragraaf|bijlage)[ \t\xa0]+(?:[0-9]|[IVX]+\b|[A-Z]\b)", re.IGNORECASE)
_TURNS_AROUND = re.compile(
    r"\b(?:niet|geen|nooit|niemand|zonder|verboden|verbiedt|vermijd|not|never|no|nobody|without|forbidden|prohibited)\b",
    re.IGNORECASE,
)
"""Below a sentence with one of these an item that is quoted alone says the opposite."""

_BESIDE = frozenset({BlockKind.PAGE, BlockKind.NOTE})


def _finishes(item: Seen, marker: Marker, sentence: str) -> bool:
    """Whether an item is no rule by itself: it goes on where the sentence stops, or the sentence turns it around.

    Rules with numbers of their own stay rules, unless the sentence turns what they say around.
    """
    unnumbered = marker.style in {Style.BULLET, Style.SMALL_LETTER} and is_lower(item.line.text)
    return unnumbered or _TURNS_AROUND.search(sentence) is not None


def refuse(line: int, reason: str) -> NoReturn:
    """Say that a protocol cannot be placed."""
    raise ProtocolRefused(line, reason)


def _marker(seen: Seen) -> Marker:
    if seen.marker is None:
        raise ValueError("only lines with a mark come here")
    return seen.marker


def _with_mark(seen: Seen) -> Line:
    return seen.line.with_opening(len(seen.marked_text) - len(seen.line.text))
