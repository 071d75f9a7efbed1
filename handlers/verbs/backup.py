"""`protocolbot backup`: the data here, the keys there, and a restore in which what was purged stays gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.school.calendar import SchoolCalendar
from bot.storage.backups.keys_folder import KeysFolder
from bot.storage.backups.lines import BackupRefused
from bot.storage.backups.restoring import restore_backup
from bot.storage.backups.writing import write_backup
from bot.storage.engine import open_engine
from bot.wiring import open_clock, read_keys, read_school_file
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Backups: data and keys apart, keys two weeks at most; shows counts and names of files, nothing else."""


@backup.command(epilog="Example: protocolbot backup write --data backup/data --keys backup/keys")
@click.option("--data", type=_FOLDER, required=True, help="The folder for the data.")
@click.option("--keys", type=_FOLDER, required=True, help="The folder for the keys: another place, with other readers.")
@as_json
@saying_what_is_wrong
def write(data: Path, keys: Path, *, json_wanted: bool) -> None:
    """Write a backup, and destroy what the keys' folder may not hold any more; the bot goes on serving."""
    _refuse_together(data, keys)
    _, now = open_store()
    engine = open_engine(start.read_settings().database_url)
    with _in_a_folder():
        written = write_backup(engine, data, KeysFolder(keys), now)
    engine.dispose()
    fields = {"data": written.data.name, "keys": written.keys.name, "rows": written.rows, "cases": written.cases}
    words = f"Geschreven: {written.data.name} ({written.rows} rijen) en {written.keys.name} ({written.cases} sleutels)."
    say(json_wanted, fields, words)


@backup.command(epilog="Example: protocolbot backup deletions --keys backup/keys")
@click.option("--keys", type=_FOLDER, required=True, help="The folder with the keys of all backups.")
@as_json
@saying_what_is_wrong
def deletions(keys: Path, *, json_wanted: bool) -> None:
    """Destroy the keys of purged cases, and those older than two weeks; between backups, as often as you like."""
    store, now = open_store()
    with store.read() as transaction:
        purged = transaction.audit.purged_cases()
    with _in_a_folder():
        known = KeysFolder(keys).let_go(purged, now)
    say(json_wanted, {"purged": known}, f"De map met sleutels is bij: {known} opgeruimde zaken komen niet terug.")


@backup.command(epilog="Example: protocolbot backup restore --data data.json.gz --keys keys.json")
@click.option("--data", type=_FILE, required=True, help="The file with the data.")
@click.option("--keys", type=_FILE, required=True, help="The file with the keys, in its own folder.")
@as_json
@saying_what_is_wrong
def restore(data: Path, keys: Path, *, json_wanted: bool) -> None:
    """Fill the empty database of DATABASE_URL; what was purged since stays gone. Before any bot serves it."""
    settings = start.read_settings()
    now = open_clock(settings).now()
    day = SchoolCalendar(read_school_file(settings.school_file).hours).local(now).date()
    engine = open_engine(settings.database_url)
    try:
        done = restore_backup(engine, data, keys, read_keys(settings), day=day, now=now)
    finally:
        engine.dispose()
    fields = {"rows": done.rows, "cases": done.cases, "purged": done.purged}
    words = f"Teruggezet: {done.rows} rijen, {done.cases} zaken. Niet teruggezet, want opgeruimd: {done.purged} zaken."
    say(json_wanted, fields, f"{words}\nKijk nu: protocolbot audit verify.")


@contextmanager
def _in_a_folder() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        kind = type(problem).__name__
        raise BackupRefused(f"In deze map is niet te schrijven ({kind}). Bestaat zij, en is er plaats?") from None


def _refuse_together(data: Path, keys: Path) -> None:
    one, other = data.resolve(), keys.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise BackupRefused("Gegevens en sleutels horen niet bij elkaar: kies twee mappen die niet in elkaar liggen.")
