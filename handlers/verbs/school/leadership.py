"""`protocolbot leadership`: who reads reports now, what waits, and what was decided; nothing is decided here."""

import click

from bot.school.seats.seats import Row
from bot.storage.seats.known import KnownSchool
from bot.wiring import read_school_file
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

SHOWN = 20


@click.group()
def leadership() -> None:
    """Who reads reports; a change is proposed with the school's file and agreed on in Google Chat."""


@leadership.command("list", epilog="Example: protocolbot leadership list")
@as_json
@saying_what_is_wrong
def show(*, json_wanted: bool) -> None:
    """Show who sits in which row, and who still has to confirm the first list."""
    store, now = open_store()
    facts = read_school_file(start.read_settings().school_file)
    in_force = KnownSchool(facts, store, lambda: now).in_force()
    for row, who, of in in_force.seats.pairs():
        confirmed = in_force.number > 1 or row is Row.MANAGERS or who in in_force.confirmed
        beside = f" (van {in_force.seats.name(of)})" if of is not None else ""
        waits = "" if confirmed else " moet nog bevestigen"
        fields = {"row": row.value, "who": who, "of": of, "confirmed": confirmed}
        say(json_wanted, fields, f"{row.value:<16} {in_force.seats.name(who)}{beside}{waits}")


@leadership.command(epilog="Example: protocolbot leadership log")
@as_json
@saying_what_is_wrong
def log(*, json_wanted: bool) -> None:
    """Show the last proposals with who proposed and who decided."""
    store, _ = open_store()
    with store.read() as look:
        found = look.seats.proposals(SHOWN)
    for each in found:
        fields = {
            "proposed_at": each.proposed_at.isoformat(),
            "by": each.proposer,
            "reason": each.reason,
            "state": each.state.value,
            "decided_by": each.decided_by,
            "decided_at": each.decided_at.isoformat() if each.decided_at is not None else None,
            "recipients": list(each.seats.recipients),
        }
        who, decided = each.proposer or "het schoolbestand", each.decided_by or "niemand"
        say(json_wanted, fields, f"{each.proposed_at:%d-%m-%Y} {each.state.value:<9} {who}; besloten door {decided}")
    if not found and not json_wanted:
        click.echo("Er is nog niets voorgesteld.")
