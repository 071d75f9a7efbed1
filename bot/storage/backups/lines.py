"""How rows stand in a backup's files: a line of JSON each, between a line that begins and one that counts them."""

import base64
import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, cast

FORMAT = 1

Fields = Mapping[str, Any]


class BackupRefused(LookupError):
    """A backup cannot be used; the message says what to do and shows nothing that is in it."""


def encoded(value: object) -> object:
    """A value of a row as JSON: bytes, moments and days with a mark of what they are."""
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"moment": value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def decoded(value: Any) -> object:
    """The value that `encoded` wrote."""
    match value:
        case {"bytes": text}:
            return base64.b64decode(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
    return cast("object", value)


def write_lines(path: Path, opening: Fields, lines: Iterable[Fields]) -> int:
    """Write a file that is there whole or not at all, for its owner only; tells how many lines it holds."""
    part = path.with_name(f".{path.name}.part")
    number = 0
    part.touch(mode=0o600)
    with part.open("wb") as file:
        with _packed(file, path) as out:
            out.write(_line({**opening, "format": FORMAT}))
            for line in lines:
                out.write(_line(line))
                number += 1
            out.write(_line({"end": number}))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return number


def read_lines(path: Path, kind: str) -> Iterator[Fields]:
    """The opening of a file of this kind and then its lines; raises BackupRefused, for half a file at its end."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from _checked(json.loads(line) for line in file)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise BackupRefused(f"Dit bestand met {kind} is niet te lezen of niet heel. Neem een ander.") from None


def _checked(lines: Iterator[Any]) -> Iterator[Fields]:
    opening = next(lines, None)
    if not isinstance(opening, dict) or opening.get("format") != FORMAT:
        raise ValueError("not the beginning of a backup")
    yield opening
    for number, line in enumerate(lines):
        if "end" in line:
            # To the end of the file: only there a packed one says whether it is whole.
            if line["end"] != number or next(lines, None) is not None:
                raise ValueError("another number of lines")
            return
        yield line
    raise ValueError("no end")


@contextmanager
def _packed(file: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    if path.suffix != ".gz":
        yield file
        return
    # Without the name and the time that gzip would keep of itself.
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        yield cast("IO[bytes]", packed)


def _line(fields: Fields) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"
