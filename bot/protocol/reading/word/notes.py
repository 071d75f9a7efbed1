"""Word's footnotes, counted from 1 through the whole file as Word does unless it was told otherwise."""

from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.word.names import Element, each, number, value, w
from bot.protocol.reading.word.paragraphs import wording_of


def notes_of(root: Element | None) -> dict[int, str]:
    """The texts of the footnotes, by their ids."""
    found = {}
    for note in each(root, "footnote"):
        name = number(note, "id")
        if name is not None and value(note, "type") in {None, "normal"}:
            lines = (wording_of(each_one, strong_style=False, first_note=1).text for each_one in note.iter(w("p")))
            found[name] = " ".join(" ".join(lines).split())
    return found


def refuse_other_counting(*roots: Element | None) -> None:
    """Say so when the footnotes are not counted 1, 2, 3 through the file, or when there are endnotes."""
    for root in roots:
        if root is None:
            continue
        if root.find(f".//{w('endnoteReference')}") is not None:
            raise ProtocolRefused(0, "Dit bestand heeft eindnoten. Maak er in Word voetnoten van.")
        for properties in root.iter(w("footnotePr")):
            form, restart = properties.find(w("numFmt")), properties.find(w("numRestart"))
            start = number(properties.find(w("numStart")))
            odd = value(form) not in {None, "decimal"} or value(restart) not in {None, "continuous"}
            if odd or start not in {None, 1}:
                raise ProtocolRefused(0, "De voetnoten zijn niet doorlopend 1, 2, 3 genummerd. Stel dat zo in in Word.")
