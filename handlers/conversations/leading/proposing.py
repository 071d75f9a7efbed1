"""Another list of who reads reports is proposed: it waits, and everybody who sits hears that something does."""

import secrets
from collections.abc import Collection
from datetime import datetime

from bot.outbox.delivery import Kind, Priority, owe, to_person
from bot.school.people import Email
from bot.school.seats.agreeing import InForce, Proposal
from bot.school.seats.seats import Seats, differences, seats_in
from bot.storage.transactions import Transaction
from bot.wiring import Bot

FIRST_LIST = "seats-first"
"""What the messages are about that ask somebody to confirm the first list."""


def propose(
    transaction: Transaction, in_force: InForce, seats: Seats, now: datetime, *, by: Email | None, reason: str
) -> Proposal | None:
    """Keep it and tell who sits; None where nothing differs or the same was proposed before."""
    if not differences(in_force.seats, seats):
        return None
    proposal = Proposal(secrets.token_urlsafe(16), in_force.number, seats, by, reason, now)
    if not transaction.seats.propose(proposal):
        return None
    tell(transaction, (*in_force.seats.deciding, in_force.seats.last_resort), proposal.id, now)
    return proposal


def tell(transaction: Transaction, people: Collection[Email], about: str, now: datetime) -> int:
    """Owe each of them the message that something waits, once about each thing; tells how many."""
    told = {delivery.address for delivery in transaction.deliveries.about(about)}
    bound = transaction.people.of_emails(tuple(people))
    missing = [address for each in bound.values() if (address := to_person(each.user)) not in told]
    for address in missing:
        transaction.deliveries.add(owe(Kind.SEATS_WAIT, address, about, Priority.REPLY, now=now))
    return len(missing)


def keep_up_seats(bot: Bot, now: datetime) -> int:
    """Propose what the school's file says otherwise, ask who has not confirmed; tells how many things are new."""
    if not bot.known.is_open:
        in_force = bot.known.in_force()
        waiting = [email for email in in_force.seats.recipients if email not in in_force.confirmed]
        with bot.store.write() as transaction:
            return tell(transaction, waiting, FIRST_LIST, now)
    wanted = seats_in(bot.known.file)
    with bot.store.read() as transaction:
        waits = transaction.seats.pending()
    if waits is None and not differences(seats_in(bot.school), wanted):
        return 0
    with bot.store.write() as transaction:
        transaction.seats.expire(now)
        holding = transaction.seats.in_force()
        if holding is None or (waits is not None and waits.seats == wanted):
            return 0
        return int(propose(transaction, holding, wanted, now, by=None, reason="") is not None)
