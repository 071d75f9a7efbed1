"""`protocolbot protocol`: look at a protocol's file, publish it from a day, and see what changes."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.protocol.document import Article, Document
from bot.protocol.loader import Examined, ProtocolRefused, examine, load_document
from bot.protocol.reading.files import ProtocolFile, read_file
from bot.protocol.reading.review import Finding
from bot.protocol.versions import (
    Change,
    ChangeKind,
    ProtocolVersion,
    VersionRefused,
    changes_between,
    hash_of,
    in_force,
    neighbour,
    next_version,
)
from bot.wiring import SystemClock, read_protocol_text
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

_CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "nieuw",
    ChangeKind.GONE: "weg",
    ChangeKind.CHANGED: "anders",
    ChangeKind.MOVED: "verplaatst",
}


@click.group()
def protocol() -> None:
    """The school's protocol: check a file, load a version, show and compare versions."""


@protocol.command(epilog="Example: protocolbot protocol check protocol.docx")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def check(file: Path, *, json_wanted: bool) -> None:
    """Say what becomes of every line of FILE (text or .docx); reads no database and no settings."""
    _, examined = _examined(file, json_wanted=json_wanted)
    for finding in examined.review.findings:
        click.echo(json.dumps(_fields(finding), ensure_ascii=False) if json_wanted else _line(finding))
    unsure = examined.review.unsure
    if not json_wanted:
        texts, parts = len(examined.document.articles), len(examined.document.sections)
        counts = f"{texts} {'tekst' if texts == 1 else 'teksten'} in {parts} {'deel' if parts == 1 else 'delen'}"
        click.echo(f"\nLeest: {counts}. Om na te kijken: {len(unsure)}.")
        for finding in unsure:
            click.echo(f"  {_place(finding.line)}: {finding.unsure}")


@protocol.command("load", epilog="Example: protocolbot protocol load protocol.docx --effective-on 2027-08-01")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--effective-on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    help="The day from which it is in force: YYYY-MM-DD.",
)
@as_json
@saying_what_is_wrong
def load_version(file: Path, effective_on: datetime, *, json_wanted: bool) -> None:
    """Keep FILE as the version that is in force from a day; asks for the database."""
    read, examined = _examined(file, json_wanted=json_wanted)
    store, moment = open_store()
    today = moment.date()
    day = effective_on.date()
    with store.write() as transaction:
        known = transaction.protocols.all()
        same = next((each for each in known if each.effective_on == day), None)
        try:
            new = next_version(secrets.token_urlsafe(16), read.source, read.kind, day, known, SystemClock().now())
        except VersionRefused as refused:
            raise click.ClickException(str(refused)) from None
        kept = same is None and transaction.protocols.add(new)
    unsure = len(examined.review.unsure)
    when = "geldt nu al" if day <= today else "geldt vanaf die dag"
    sentence = f"Versie van {day} is bewaard en {when}." if kept else f"Deze versie van {day} was al bewaard."
    sentence += f"\nNa te kijken regels: {unsure} (protocolbot protocol check). Plannen: protocolbot protocol show."
    named = examined.document.version.effective_on
    if named is not None and named != day:
        sentence += f"\nLet op: in de tekst zelf staat {named} als dag van inwerkingtreding."
    say(json_wanted, {"loaded": kept, "effective_on": str(day), "unsure": unsure}, sentence)


@protocol.command(epilog="Example: protocolbot protocol show")
@as_json
@saying_what_is_wrong
def show(json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """List the versions: which one is in force today, and which are planned."""
    store, moment = open_store()
    today = moment.date()
    with store.read() as transaction:
        known = transaction.protocols.all()
    now = in_force(known, today)
    came_along = hash_of(read_protocol_text(start.protocol_directory()))
    for version in known:
        state = _state(version, None if now is None else now.id, today)
        from_folder = version.source_hash == came_along
        fields = {
            "effective_on": str(version.effective_on),
            "state": state,
            "kind": version.kind.value,
            "articles": len(version.identities),
            "loaded_at": version.loaded_at.isoformat(),
            "protocol_dir": from_folder,
        }
        origin = " (de tekst van PROTOCOL_DIR)" if from_folder else ""
        words = f"{version.effective_on}  {state:9}  {len(version.identities):3} teksten  {version.kind.value}{origin}"
        say(json_wanted, fields, words)
    if now is None and not json_wanted:
        click.echo("Vandaag geldt nog geen bewaarde versie: de bot gebruikt de tekst van PROTOCOL_DIR.")


@protocol.command(epilog="Example: protocolbot protocol diff")
@click.argument("which", nargs=-1)
@as_json
@saying_what_is_wrong
def diff(which: tuple[str, ...], json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """What changes: between two versions (by day), or from the one in force to a day or FILE."""
    if len(which) > _TWO:
        raise click.UsageError("Geef hooguit twee dagen, of een bestand.")
    old, new = _both(which, json_wanted=json_wanted)
    changes = [change for change in changes_between(old, new) if change.kind is not ChangeKind.SAME]
    for change in changes:
        if json_wanted:
            click.echo(json.dumps(_change_fields(change), ensure_ascii=False))
        else:
            click.echo("\n".join(_change_lines(change)))
    if not changes and not json_wanted:
        click.echo("Geen artikel is anders.")


_TWO = 2


def _both(which: tuple[str, ...], *, json_wanted: bool) -> tuple[Document, Document]:
    """The two documents to compare; without names the version in force and the next one."""
    store, moment = open_store()
    today = moment.date()
    with store.read() as transaction:
        known = transaction.protocols.all()
    running = in_force(known, today)
    if not which:
        later = [version for version in known if version.effective_on > today]
        if later:
            return _document(running), load_document(later[0].source)
        if running is None or (before := neighbour(known, running.effective_on)) is None:
            raise LookupError("Er is maar een versie. Noem een bestand om mee te vergelijken.")
        return load_document(before.source), load_document(running.source)
    documents = [_named(name, known, json_wanted=json_wanted) for name in which]
    return (_document(running), documents[0]) if len(documents) == 1 else (documents[0], documents[1])


def _named(name: str, known: Sequence[ProtocolVersion], *, json_wanted: bool) -> Document:
    """The version of a day, or else the file of this name."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return _examined(Path(name), json_wanted=json_wanted)[1].document
    version = next((version for version in known if version.effective_on == day), None)
    if version is None:
        raise LookupError(f"Er is geen versie van {day}. Kijk met: protocolbot protocol show.")
    return load_document(version.source)


def _document(version: ProtocolVersion | None) -> Document:
    if version is None:
        return load_document(read_protocol_text(start.protocol_directory()))
    return load_document(version.source)


def _examined(file: Path, *, json_wanted: bool) -> tuple[ProtocolFile, Examined]:
    try:
        read = read_file(file)
        return read, examine(read.source, read.doubts)
    except ProtocolRefused as refused:
        _refuse(refused, json_wanted=json_wanted)


def _refuse(refused: ProtocolRefused, *, json_wanted: bool) -> NoReturn:
    if json_wanted:
        click.echo(json.dumps({"refused": refused.reason, "line": refused.line}, ensure_ascii=False))
    raise click.ClickException(f"Geweigerd. {_place(refused.line)}: {refused.reason}")


def _state(version: ProtocolVersion, running: str | None, today: date) -> str:
    if version.id == running:
        return "geldt nu"
    return "gepland" if version.effective_on > today else "vervallen"


def _place(line: int) -> str:
    return f"regel {line}" if line else "hele tekst"


def _line(finding: Finding) -> str:
    doubt = f"   ONZEKER: {finding.unsure}" if finding.unsure else ""
    return f"{finding.line or '':>5}  {finding.became:<46} {finding.opening}{doubt}"


def _fields(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "became": finding.became,
        "kind": None if finding.kind is None else finding.kind.value,
        "code": finding.code,
        "opening": finding.opening,
        "unsure": finding.unsure,
    }


def _change_fields(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind.value,
        "unsure": not change.sure,
        "old": _article_fields(change.old),
        "new": _article_fields(change.new),
    }


def _article_fields(article: Article | None) -> dict[str, Any] | None:
    return None if article is None else {"code": article.code, "section": article.section.title, "text": article.text}


def _change_lines(change: Change) -> Iterator[str]:
    codes = [article.code for article in (change.old, change.new) if article is not None]
    doubt = "" if change.sure else "  ONZEKER: is dit hetzelfde artikel?"
    yield f"{_CHANGES[change.kind]:<11} {' -> '.join(dict.fromkeys(codes))}{doubt}"
    if change.old is not None and change.kind is not ChangeKind.MOVED:
        yield f"  - {change.old.text}"
    if change.new is not None:
        yield f"  + {change.new.text}" if change.kind is not ChangeKind.MOVED else f"    {change.new.text}"
    yield ""
