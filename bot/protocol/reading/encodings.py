"""Turns a file's bytes into text, whatever program saved it; what had to be guessed is said."""

import codecs
from dataclasses import dataclass

from bot.protocol.reading.refusal import ProtocolRefused

MOST_BYTES = 5_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The longer ones first: the mark of UTF-32 begins with that of UTF-16."""

_OTHER_FILES = (
    (b"%PDF", "Dit is een pdf. Bewaar het protocol als Word-bestand (.docx) of als platte tekst."),
    (b"{\\rtf", "Dit is een rtf-bestand. Bewaar het als Word-bestand (.docx) of als platte tekst."),
    (
        b"\xd0\xcf\x11\xe0",
        "Dit is een oud of versleuteld Word-bestand. Bewaar het als .docx zonder wachtwoord.",
    ),
    (b"PK\x03\x04", "Dit is een ingepakt bestand en geen tekst. Een Word-bestand moet op .docx eindigen."),
    (b"<!doctype html", "Dit is een webpagina. Bewaar het protocol als Word-bestand (.docx) of als platte tekst."),
    (b"<html", "Dit is een webpagina. Bewaar het protocol als Word-bestand (.docx) of als platte tekst."),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text; `guess` says (in Dutch) how it was read when the file itself did not tell."""

    text: str
    guess: str | None = None


def decode(content: bytes) -> Decoded:
    """The text of a file, its byte order mark kept; raises `ProtocolRefused` for what is no text."""
    if len(content) > MOST_BYTES:
        raise ProtocolRefused(0, "Dit bestand is te groot voor een protocol.")
    for opening, reason in _OTHER_FILES:
        if content[:20].lstrip().lower().startswith(opening.lower()):
            raise ProtocolRefused(0, reason)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_decoded(content, encoding))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)
    if "\0" in text:
        return _guessed(content)
    return Decoded(text)


def _guessed(content: bytes) -> Decoded:
    zeros = content.count(0)
    if zeros * 3 > len(content):
        # Dutch text in UTF-16 is every other byte zero: the second of a pair, or the first.
        encoding = "utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be"
        return Decoded(_decoded(content, encoding), "gelezen als UTF-16: kijk of letters met een accent kloppen")
    if zeros:
        raise ProtocolRefused(0, "Dit is geen tekst. Bewaar het protocol als Word-bestand (.docx) of als platte tekst.")
    return Decoded(_decoded(content, "cp1252"), "gelezen als Windows-tekst: kijk of letters met een accent kloppen")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ProtocolRefused(0, "Dit is geen leesbare tekst. Bewaar het opnieuw als platte tekst in UTF-8.") from None
