"""The text of a Word paragraph as its reader sees it, without what Word keeps beside it."""

from dataclasses import dataclass, field

from bot.protocol.reading.word.names import ALTERNATE, FALLBACK, WORD, Element, child, is_on, number, w

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_PIECES = {
    f"{WORD}tab": "\t",
    f"{WORD}ptab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
    f"{WORD}softHyphen": "",
}
_SKIPPED = frozenset(
    {
        f"{WORD}pPr",
        f"{WORD}rPr",
        f"{WORD}instrText",
        f"{WORD}delText",
        f"{WORD}txbxContent",
        f"{WORD}drawing",
        f"{WORD}pict",
        f"{WORD}object",
        f"{WORD}sdtPr",
        f"{WORD}sdtEndPr",
        f"{WORD}fldData",
        f"{WORD}footnoteRef",
        f"{WORD}annotationRef",
        f"{WORD}rt",
        FALLBACK,
    }
)
CHANGES = frozenset({f"{WORD}ins", f"{WORD}del", f"{WORD}moveFrom", f"{WORD}moveTo"})


@dataclass(slots=True)
class Wording:
    """What stands in a paragraph; `notes` are the ids of its footnotes, in order."""

    text: str = ""
    notes: list[int] = field(default_factory=list)
    strong: bool = True
    hidden: bool = False

    def add(self, piece: str, *, strong: bool) -> None:
        """The next characters."""
        self.text += piece
        if piece.strip():
            self.strong = self.strong and strong


def wording_of(paragraph: Element, *, strong_style: bool, first_note: int) -> Wording:
    """Read a paragraph; `first_note` is the number that its first footnote gets."""
    found = Wording()
    _read(paragraph, found, strong_style, first_note, strong_style)
    found.strong = found.strong and bool(found.text.strip())
    return found


def _read(element: Element, found: Wording, strong: bool, first_note: int, strong_style: bool) -> None:  # noqa: FBT001
    for piece in element:
        if not isinstance(piece.tag, str) or piece.tag in _SKIPPED:
            continue
        if piece.tag == w("r"):
            if is_on(child(piece, "rPr", "vanish")):
                found.hidden = True
                continue
            _read(piece, found, _is_strong(piece, strong_style), first_note, strong_style)
        elif piece.tag == w("t"):
            found.add(piece.text or "", strong=strong)
        elif piece.tag in _PIECES:
            found.add(_PIECES[piece.tag], strong=strong)
        elif piece.tag == w("footnoteReference"):
            note = number(piece, "id")
            if note is not None:
                found.text += str(first_note + len(found.notes)).translate(SUPERSCRIPT)
                found.notes.append(note)
        elif piece.tag == ALTERNATE or len(piece):
            _read(piece, found, strong, first_note, strong_style)


def _is_strong(run: Element, style: bool) -> bool:  # noqa: FBT001
    bold, line = child(run, "rPr", "b"), child(run, "rPr", "u")
    if line is not None and is_on(line):
        return True
    return style if bold is None else is_on(bold)
