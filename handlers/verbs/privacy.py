"""`protocolbot privacy`: what is kept about one person outside of reports, and its removal.

Of reports it says the same about everybody. Whoever runs it must not learn who reported something, nor about whom:
the person sees their own reports with `/privacy` in the chat, and nobody else does.
"""

import re
from datetime import UTC, datetime

import click

from bot.reports.categories import Categories
from bot.reports.submitting import Intake
from bot.school.calendar import SchoolCalendar
from bot.school.people import Email, UserId
from bot.storage.transactions import Store
from bot.wiring import read_keys
from handlers import start
from handlers.conversations.own_data.keeping import Kept, OwnData
from handlers.verbs.opening import open_store, school_in_force
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

REPORTS = (
    "Over meldingen staat hier bij iedereen hetzelfde: niets. Wat iemand zelf meldde, ziet die zelf met /privacy. "
    "Vraagt iemand om inzage in meldingen van anderen? Dat beslist de functionaris gegevensbescherming."
)
WITHDRAWN = (
    "Meldingen die deze persoon zelf deed en die nog niet klaar waren, zijn ingetrokken, als ze er waren. "
    "Wie zo'n melding leest, ziet dat; gewist wordt die op de gewone tijd."
)
_USER = re.compile(r"users/[0-9A-Za-z_-]{1,200}")

_user = click.option("--user", "whom", required=True, help="The number at Google (users/123), or the school address.")


@click.group()
def privacy() -> None:
    """What is kept about one person, without a word about reports; best done by that person, with /privacy."""


@privacy.command(epilog="Example: protocolbot privacy export --user leerling@school.example")
@_user
@as_json
@saying_what_is_wrong
def export(whom: str, *, json_wanted: bool) -> None:
    """Show all that lies about this person outside of reports."""
    store, now, own = _open()
    user = _found(store, whom)
    with store.read() as transaction:
        kept = own.of(user, transaction, now)
    fields = {
        "user": user,
        "email": kept.email,
        "since": kept.since.isoformat() if kept.since is not None else None,
        "direct_message": kept.has_direct_message,
        "away": [kept.absence.first.isoformat(), kept.absence.last.isoformat()] if kept.absence is not None else None,
        "deputy": kept.absence.deputy if kept.absence is not None else None,
        "classes": list(kept.classes),
        "groups": list(kept.groups),
        "member_of": list(kept.member_of),
        "messages": kept.messages,
        "articles": list(kept.articles),
        "reports": REPORTS,
    }
    say(json_wanted, fields, _on_paper(kept))


@privacy.command(epilog="Example: protocolbot privacy erase --user leerling@school.example")
@_user
@click.option("--yes", is_flag=True, help="Leave out the question.")
@as_json
@saying_what_is_wrong
def erase(whom: str, *, yes: bool, json_wanted: bool) -> None:
    """Remove what can be removed; open reports of this person are withdrawn, never destroyed."""
    store, now, own = _open()
    user = _found(store, whom)
    if not yes:
        question = "Open meldingen van deze persoon worden ingetrokken. Wil die dat zelf, en is dat vastgelegd?"
        click.confirm(question, abort=True, err=True)
    with store.write() as transaction:
        own.erase(user, transaction, now)
    with store.read() as transaction:
        left = own.of(user, transaction, now)
    words = "Gewist wat gewist kan worden."
    if left.receives_reports:
        words += " Het adres en het privégesprek blijven, zolang deze persoon meldingen kan krijgen."
    fields = {"address_kept": left.receives_reports, "groups_kept": len(left.groups), "reports": WITHDRAWN}
    say(json_wanted, fields, f"{words}\n{WITHDRAWN}")


def _open() -> tuple[Store, datetime, OwnData]:
    store, now = open_store()
    facts = school_in_force(store, now)
    intake = Intake(read_keys(start.read_settings()), Categories.load(), SchoolCalendar(facts.hours))
    return store, now.astimezone(UTC), OwnData(facts, intake)


def _found(store: Store, whom: str) -> UserId:
    """Whom is meant; raises click's errors, which do not repeat what was typed."""
    if _USER.fullmatch(whom):
        return UserId(whom)
    if "@" not in whom:
        raise click.UsageError("Geef het nummer bij Google als users/123, of het adres op school.")
    with store.read() as transaction:
        bound = transaction.people.of_email(Email(whom.strip().lower()))
    if bound is None:
        raise click.ClickException(
            "Dit adres ken ik niet. Heb je het nummer bij Google? Geef dan users/ met dat nummer."
        )
    return bound.user


def _on_paper(kept: Kept) -> str:
    nothing = "niets"
    lines = [
        f"adres: {kept.email or nothing}",
        f"sinds: {kept.since or nothing}",
        f"privégesprek: {'bekend' if kept.has_direct_message else nothing}",
        f"afwezig: {f'{kept.absence.first} tot en met {kept.absence.last}' if kept.absence else nothing}",
        f"klassenlijsten: {', '.join(kept.classes) or nothing}",
        f"groepen: {', '.join(kept.groups) or nothing}",
        f"berichten, niet over meldingen: {kept.messages}",
        f"artikelen van het laatste half uur: {', '.join(kept.articles) or nothing}",
    ]
    return "\n".join([*lines, REPORTS])
