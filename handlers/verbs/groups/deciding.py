"""`protocolbot groups`: list the groups, approve, refuse, withdraw; for groups to come there is the school's file."""

import click
import structlog

from bot.groups.joining import decide, overturn
from bot.groups.ports import Group, GroupState
from bot.groups.sanction import members_are_kept
from bot.school.reading.groups import space_of
from bot.storage.transactions import Transaction
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

DONE = {
    GroupState.SANCTIONED: "De groep is goedgekeurd.",
    GroupState.REFUSED: "De groep is geweigerd.",
    GroupState.WITHDRAWN: "De bot zwijgt voortaan in deze groep, en zegt dat daar één keer.",
}

log = structlog.get_logger(__name__)


@click.group()
def groups() -> None:
    """Groups: which ones there are, and in which the bot may take part. GROUP is a link, spaces/..., or a name."""


@groups.command("list", epilog="Example: protocolbot groups list")
@as_json
@saying_what_is_wrong
def show(*, json_wanted: bool) -> None:
    """List the groups that the bot is or was in, with their state."""
    store, _ = open_store()
    with store.read() as look:
        found = look.spaces.in_state(*GroupState)
    for group in found:
        fields = {
            "group": group.space,
            "name": group.display_name,
            "state": group.state.value,
            "suspended_for": group.suspended_for,
            "members_complete": group.members_complete,
            "until": None if group.expires_on is None else str(group.expires_on),
        }
        say(json_wanted, fields, f"{group.space:<24} {group.state.value:<11} {group.display_name}")
    if not found and not json_wanted:
        click.echo("Er zijn nog geen groepen.")


@groups.command(epilog="Example: protocolbot groups approve spaces/AAAA")
@click.argument("group")
@as_json
@saying_what_is_wrong
def approve(group: str, *, json_wanted: bool) -> None:
    """Let the bot take part in GROUP, also where that was refused, withdrawn or suspended before."""
    _decide(group, GroupState.SANCTIONED, json_wanted=json_wanted)


@groups.command(epilog="Example: protocolbot groups refuse spaces/AAAA")
@click.argument("group")
@as_json
@saying_what_is_wrong
def refuse(group: str, *, json_wanted: bool) -> None:
    """Refuse a GROUP that waits; it is asked to remove the bot."""
    _decide(group, GroupState.REFUSED, json_wanted=json_wanted)


@groups.command(epilog="Example: protocolbot groups withdraw spaces/AAAA")
@click.argument("group")
@as_json
@saying_what_is_wrong
def withdraw(group: str, *, json_wanted: bool) -> None:
    """Make the bot fall silent in GROUP."""
    _decide(group, GroupState.WITHDRAWN, json_wanted=json_wanted)


def _decide(said: str, state: GroupState, *, json_wanted: bool) -> None:
    store, now = open_store()
    with store.write() as change:
        group = _find(said, change)
        verb = decide if group.state is GroupState.WAITING else overturn
        result = verb(group.ref, state, change.spaces, by=None, now=now)
        after, delivery = result if result is not None else (group, None)
        if after == group:
            raise click.ClickException(f"Dat kan nu niet: de groep is {group.state.value}. Er is niets veranderd.")
        if delivery is not None:
            change.deliveries.add(delivery)
        if not members_are_kept(after):
            change.memberships.forget(after.space)
    log.info("group.decided", group=after.ref, state=state.value, by="command line")
    say(json_wanted, {"group": after.space, "state": state.value}, DONE[state])


def _find(said: str, transaction: Transaction) -> Group:
    space = space_of(said)
    if space is not None:
        group = transaction.spaces.get(space)
        found = [] if group is None else [group]
    else:
        name = said.strip().casefold()
        found = [each for each in transaction.spaces.in_state(*GroupState) if each.display_name.casefold() == name]
    if not found:
        raise click.ClickException(
            "Deze groep ken ik nog niet. Zet hem in het schoolbestand, bij [groepen] vooraf_goedgekeurd."
        )
    if len(found) > 1:
        raise click.ClickException("Er zijn meer groepen met deze naam. Noem de link, of spaces/ met het nummer.")
    return found[0]
