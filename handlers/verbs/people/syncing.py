"""`protocolbot people`: roles by unit and Google group, asked of the directory; counts, and never a list of people."""

from collections import Counter
from datetime import datetime

import click

from bot.directory.opening import open_accounts
from bot.school.accounts.placing import roles_by_account
from bot.school.accounts.ports import AccountsUnknown
from bot.wiring import read_school_file
from handlers import start
from handlers.presence.accounts import ROUND
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong

NO_RULES = "Het schoolbestand noemt geen eenheden of groepen (bij [gids]); rollen komen uit [[mensen]] en [domeinen]."


@click.group()
def people() -> None:
    """Who has which role, by unit and Google group; the list in the school's file goes first."""


@people.command(epilog="Example: protocolbot people sync --dry-run")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
@saying_what_is_wrong
def sync(*, dry_run: bool, json_wanted: bool) -> None:
    """Ask Google for every account now, as the timer does once a day; a list that is not whole changes nothing."""
    settings = start.read_settings()
    rules = read_school_file(settings.school_file).account_rules
    if not rules:
        raise click.ClickException(NO_RULES)
    store, _ = open_store()
    try:
        accounts = open_accounts(settings.directory_subject, settings.chat_api_endpoint)
        try:
            roles = roles_by_account(accounts, rules)
        finally:
            accounts.close()
    except AccountsUnknown as unknown:
        raise click.ClickException(f"{unknown} Er is niets veranderd.") from None
    with store.read() as look:
        before = look.accounts.all()
    came, went = len(roles.keys() - before.keys()), len(before.keys() - roles.keys())
    changed = sum(before[email] is not role for email, role in roles.items() if email in before)
    if not dry_run:
        with store.write() as change:
            change.accounts.replace(roles)
    counts = {"came": came, "changed": changed, "went": went, "known": len(roles), "dry_run": dry_run}
    how = "Er is niets veranderd; het zou worden" if dry_run else "Accounts met een rol"
    sentence = f"{how}: {len(roles)}, waarvan {came} nieuw en {changed} anders. Weg: {went}."
    say(json_wanted, counts, sentence)


@people.command(epilog="Example: protocolbot people show")
@as_json
@saying_what_is_wrong
def show(*, json_wanted: bool) -> None:
    """Say how many accounts have which role, and when Google was last asked."""
    store, _ = open_store()
    with store.read() as look:
        counts = Counter(role.value for role in look.accounts.all().values())
        at = look.rounds.finished(ROUND)
    fields = {"roles": dict(counts), "asked_at": at.isoformat() if at is not None else None}
    words = ", ".join(f"{number} met de rol {role}" for role, number in sorted(counts.items())) or "nog geen"
    say(json_wanted, fields, f"Accounts met een rol: {words}. {_asked(at)}")


def _asked(at: datetime | None) -> str:
    return "De gids is nog niet bekeken." if at is None else f"De gids is bekeken op {at:%d-%m-%Y om %H:%M} (UTC)."
