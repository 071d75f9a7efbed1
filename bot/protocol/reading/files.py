"""Reads a protocol's file, text or Word, into the text that is kept: the verbatim source of that version."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.protocol.reading.encodings import decode
from bot.protocol.reading.refusal import ProtocolRefused
from bot.protocol.reading.word.opening import MOST_BYTES
from bot.protocol.reading.word.writing import text_of_word


class FileKind(StrEnum):
    """What a protocol was made of."""

    TEXT = "text"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """A file's text, and what was unsure on the way to it (Dutch), each with its line; 0 for the whole."""

    kind: FileKind
    source: str
    doubts: tuple[tuple[int, str], ...] = ()


def read_file(path: Path) -> ProtocolFile:
    """Read a file; raises `ProtocolRefused` with what to do about it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ProtocolRefused(0, "Dit bestand is te groot voor een protocol.")
        content = path.read_bytes()
    except OSError as error:
        raise ProtocolRefused(0, f"{path.name} is niet te lezen. Klopt de naam, en mag je het openen?") from error
    if path.suffix.casefold() == ".docx" and content.startswith(b"PK"):
        word = text_of_word(content)
        return ProtocolFile(FileKind.WORD, word.text, word.doubts)
    decoded = decode(content)
    return ProtocolFile(FileKind.TEXT, decoded.text, () if decoded.guess is None else ((0, decoded.guess),))
