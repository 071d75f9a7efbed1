"""Makes text of the bytes of a class list, whatever program wrote them, and refuses what is no list at all."""

from collections.abc import Mapping
from enum import StrEnum

MOST_BYTES = 5_000_000
"""A list of ten thousand pupils has about one million."""

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHER_KINDS = (b"%PDF", b"{\\rtf", b"<html", b"<!doctype", b"<?xml", b"<table")
_MARKS: Mapping[bytes, str] = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOOKED_AT = 2000


class Refusal(StrEnum):
    """Why nothing of a file can be used."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WORKBOOK = "workbook"
    OTHER_KIND = "other_kind"
    NO_HEADER = "no_header"
    NO_CLASS = "no_class"


class RosterRefused(ValueError):
    """Nothing of the file can be used; the reason holds nothing of what is in it."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with or without byte order mark; raises RosterRefused."""
    if len(data) > MOST_BYTES:
        raise RosterRefused(Refusal.TOO_LARGE)
    if data.startswith(_WORKBOOK):
        raise RosterRefused(Refusal.WORKBOOK)
    if data.lstrip().lower().startswith(_OTHER_KINDS):
        raise RosterRefused(Refusal.OTHER_KIND)
    text = _text(data)
    if "\0" in text:
        raise RosterRefused(Refusal.OTHER_KIND)
    if not text.strip():
        raise RosterRefused(Refusal.EMPTY)
    return text


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            # A file that was cut off may end in half a letter; what stands before it is whole.
            return data.decode(encoding, errors="replace")
    wide = _wide_encoding(data[:_LOOKED_AT])
    if wide is not None:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of western text is nought."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half and odd > half // 2 and not even:
        return "utf-16-le"
    if half and even > half // 2 and not odd:
        return "utf-16-be"
    return None


def repaired(text: str) -> str:
    """Letters that a program read as Windows-1252 while they were UTF-8, made whole again; other text as it is."""
    if "Ã" not in text and "Ä" not in text and "Å" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
