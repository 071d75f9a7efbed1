"""Writes a Word file as the plain text that the loader reads: headings with #, numbers as Word shows them."""

from dataclasses import dataclass, field

from bot.protocol.reading.layout.sorting import looks_like_heading
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.word.names import Element, child, left_of, number, through, value, w
from bot.protocol.reading.word.notes import notes_of, refuse_other_counting
from bot.protocol.reading.word.numbering import LEVELS, Mark, Numbering, numbering_of
from bot.protocol.reading.word.opening import DAMAGED, MOST_DEPTH, open_word
from bot.protocol.reading.word.paragraphs import CHANGES, SUPERSCRIPT, Wording, wording_of
from bot.protocol.reading.word.styles import Styles, styles_of
from bot.protocol.reading.word.tables import rows_as_lines

LONGEST_LOOK = 80
"""Characters; a paragraph in bold up to here looks like a heading."""

_SPACES = 3
_TWIPS_OF_SPACE = 120
"""Twentieths of a point that one space in the text stands for."""


@dataclass(frozen=True, slots=True)
class WordText:
    """The text made of a file, and what was unsure (Dutch), each with its line in that text; 0 for the whole."""

    text: str
    doubts: tuple[tuple[int, str], ...]


def text_of_word(content: bytes) -> WordText:
    """Read a .docx file; raises `ProtocolRefused`."""
    document = open_word(content)
    body = document.element.find(w("body"))
    if body is None:
        raise ProtocolRefused(0, DAMAGED)
    parts = {
        relation.reltype.rpartition("/")[2]: relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external
    }

    def root(name: str) -> Element | None:
        part = parts.get(name)
        return None if part is None else _parsed(part)

    _refuse_changes(body)
    refuse_other_counting(body, root("settings"))
    writing = Writing(styles_of(root("styles")), numbering_of(root("numbering")), notes_of(root("footnotes")))
    writing.write_all(body)
    writing.look_beside(body)
    return WordText("".join(f"{line}\n" for line in writing.lines), tuple(writing.doubts))


def _parsed(part: Element) -> Element:
    if hasattr(part, "element"):
        return part.element
    from docx.oxml import parse_xml  # noqa: PLC0415 - only when a Word file is read

    try:
        return parse_xml(part.blob)
    except SyntaxError as error:
        raise ProtocolRefused(0, "Een deel van dit Word-bestand is beschadigd. Bewaar het opnieuw.") from error


def _refuse_changes(body: Element) -> None:
    if any(next(body.iter(change), None) is not None for change in CHANGES):
        raise ProtocolRefused(
            0,
            "In dit bestand staan bijgehouden wijzigingen. Kies in Word: alle wijzigingen accepteren of weigeren.",
        )


@dataclass(slots=True)
class Writing:
    """The text so far."""

    styles: Styles
    numbering: Numbering
    notes: dict[int, str]
    lines: list[str] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _noted: int = 0
    _list_indent: int | None = None

    def write_all(self, container: Element, depth: int = 0) -> None:
        """Everything in the body, a content control or a cell, in order."""
        if depth > MOST_DEPTH:
            raise ProtocolRefused(0, "Dit Word-bestand is te diep genest. Bewaar alleen de tekst opnieuw.")
        for piece in container:
            if piece.tag == w("p"):
                self._paragraph(piece)
            elif piece.tag == w("tbl"):
                self._table(piece, depth)
            elif piece.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("smartTag")}:
                self.write_all(piece, depth + 1)

    def look_beside(self, body: Element) -> None:
        """Say what stands beside the text and was not read."""
        boxes = ("".join(text.text or "" for text in box.iter(w("t"))) for box in body.iter(w("txbxContent")))
        for text in sorted({" ".join(box.split()) for box in boxes} - {""}):
            self.doubts.append((0, f"tekstvak niet gelezen: \u201c{text[:60]}\u201d"))
        if next(body.iter(w("drawing"), w("pict"), w("object")), None) is not None:
            self.doubts.append((0, "er staan plaatjes of tekstvakken in: is dat tekst van het protocol?"))

    def _paragraph(self, paragraph: Element) -> None:
        style = value(child(paragraph, "pPr", "pStyle"))
        mark = self._mark(paragraph, style)
        if self.styles.is_contents(style):
            return
        wording = self._wording(paragraph, style)
        text = wording.text.strip()
        if not text:
            self._blank()
            return
        if wording.hidden:
            self.doubts.append((len(self.lines) + 1, "verborgen tekst is niet gelezen"))
        if mark is not None and not mark.known:
            self.doubts.append((len(self.lines) + 1, "automatisch nummer niet te bepalen: gelezen als opsomming"))
        level = self.styles.heading_level(paragraph, style)
        shown = f"{mark.text} {text}" if mark is not None and mark.text else text
        if self._is_heading(level, mark, wording, shown):
            self._blank()
            self.lines.append(f"{'#' * (min(level or 1, 5) + (level != 0))} {' '.join(shown.split())}")
            self._list_indent = None
        elif mark is not None:
            self._list_item(mark, shown, paragraph)
        else:
            self._plain(text, paragraph)
        self._write_notes(wording)

    def _is_heading(self, level: int | None, mark: Mark | None, wording: Wording, shown: str) -> bool:
        if not looks_like_heading(shown) or "\n" in wording.text:
            return False
        if level is not None:
            return True
        if mark is not None and not mark.text:
            return False
        return wording.strong and len(shown) <= LONGEST_LOOK and "\t" not in shown

    def _list_item(self, mark: Mark, shown: str, paragraph: Element) -> None:
        left = left_of(paragraph) or mark.left
        if self._list_indent is None:
            self._blank()
            self._list_indent = left
        indent = " " * max(_SPACES * mark.level, (left - self._list_indent) // _TWIPS_OF_SPACE)
        marked = shown if mark.text else f"\u2022 {shown}"
        self.lines += [f"{indent}{line.strip()}" for line in marked.split("\n") if line.strip()]

    def _plain(self, text: str, paragraph: Element) -> None:
        # A paragraph that stands in as far as the list above it belongs to the last rule of that list.
        if self._list_indent is None or left_of(paragraph) == 0:
            self._blank()
            self._list_indent = None
        self.lines += [line.strip() for line in text.split("\n") if line.strip()]

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _mark(self, paragraph: Element, style: str | None) -> Mark | None:
        own = child(paragraph, "pPr", "numPr")
        styled, of_style = self.styles.list_of(style)
        chosen = own if own is not None and child(own, "numId") is not None else styled
        list_id = value(child(chosen, "numId"))
        if list_id is None or list_id == "0":
            return None
        depth = number(child(own, "ilvl"))
        if depth is None and chosen is styled:
            depth = number(child(styled, "ilvl")) or self.numbering.level_of_style(list_id, of_style)
        if depth is not None and not 0 <= depth < LEVELS:
            return Mark(0, "", known=False)
        return self.numbering.count(list_id, depth or 0)

    def _wording(self, paragraph: Element, style: str | None) -> Wording:
        wording = wording_of(paragraph, strong_style=self.styles.is_strong(style), first_note=self._noted + 1)
        self._noted += len(wording.notes)
        return wording

    def _write_notes(self, wording: Wording) -> None:
        if not wording.notes:
            return
        first = self._noted - len(wording.notes) + 1
        in_list = self._list_indent
        for place, note in enumerate(wording.notes):
            self._blank()
            text = self.notes.get(note, "")
            if text:
                self.lines.append(f"{str(first + place).translate(SUPERSCRIPT)} {text}")
        self._blank()
        self._list_indent = in_list

    def _table(self, table: Element, depth: int) -> None:
        rows = [list(through(row, "tc")) for row in through(table, "tr")]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                self.write_all(row[0], depth + 1)
            return
        self._blank()
        self._list_indent = None
        read = [[self._cell(cell) for cell in row] for row in rows]
        lines, doubts = rows_as_lines([[text for text, _ in row] for row in read])
        self.doubts += [(len(self.lines) + 1, doubt) for doubt in doubts]
        self.lines += lines
        for row in read:
            for _, wording in row:
                for notes in wording:
                    self._blank()
                    self.lines.append(notes)
        self._blank()

    def _cell(self, cell: Element) -> tuple[list[str], list[str]]:
        """The paragraphs of a cell, and the footnotes that they refer to."""
        merged = child(cell, "tcPr", "vMerge")
        if merged is not None and value(merged) in {None, "continue"}:
            return [], []
        texts, notes = [], []
        for paragraph in cell.iter(w("p")):
            style = value(child(paragraph, "pPr", "pStyle"))
            mark = self._mark(paragraph, style)
            wording = self._wording(paragraph, style)
            text = " ".join(wording.text.split())
            if text:
                texts.append(f"{mark.text} {text}" if mark is not None and mark.text else text)
            elif mark is not None and mark.text:
                texts.append(mark.text)
            first = self._noted - len(wording.notes) + 1
            notes += [
                f"{str(first + place).translate(SUPERSCRIPT)} {self.notes[note]}"
                for place, note in enumerate(wording.notes)
                if self.notes.get(note)
            ]
        return texts, notes
