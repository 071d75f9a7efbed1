"""Opens a Word file that somebody sent: only a real one, and only one that stays small when it is unpacked."""

import io
import zipfile
from typing import TYPE_CHECKING

from bot.protocol.reading.refusal import ProtocolRefused

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_BYTES = 30_000_000
MOST_ENTRIES = 2_000
MOST_TEXT_BYTES = 20_000_000
"""What one part of text may be when it is unpacked; pictures may be as large as they are, nobody unpacks them."""

MOST_UNPACKED = 300_000_000
MOST_DEPTH = 100

DAMAGED = "Dit Word-bestand is niet te lezen. Open het in Word, bewaar het opnieuw als .docx en probeer het nog eens."


def open_word(content: bytes) -> "WordDocument":
    """The document in a .docx file; raises `ProtocolRefused` for anything else."""
    if len(content) > MOST_BYTES:
        raise ProtocolRefused(0, "Dit Word-bestand is te groot voor een protocol. Haal plaatjes eruit.")
    _refuse_bombs(content)
    # Imported here and only here: it costs time and memory that a bot which reads no Word file should not pay.
    import docx  # noqa: PLC0415

    try:
        return docx.Document(io.BytesIO(content))
    except Exception as error:  # a damaged file can break anything inside the library, and all of it means the same
        raise ProtocolRefused(0, DAMAGED) from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ProtocolRefused(0, DAMAGED) from error
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise ProtocolRefused(0, "Dit is geen Word-bestand. Bewaar het protocol als .docx of als platte tekst.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ProtocolRefused(0, "Dit Word-bestand heeft een wachtwoord. Bewaar het zonder wachtwoord.")
    text = max(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or text > MOST_TEXT_BYTES or unpacked > MOST_UNPACKED:
        raise ProtocolRefused(0, "Dit Word-bestand wordt te groot bij het uitpakken. Bewaar alleen de tekst opnieuw.")
