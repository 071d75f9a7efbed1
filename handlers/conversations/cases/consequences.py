"""What a step in a case brings with it: who may see it from now on, who is told, and until when it is kept."""

from collections.abc import Collection

from bot.outbox.delivery import Kind, Priority, owe, to_person, to_reporter
from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.ports import Grant, SealedCase
from bot.reports.retention import CLOSED_KEPT
from bot.reports.routing import candidates, eligible, route
from bot.school.people import Email, UserId
from bot.storage.transactions import Transaction
from handlers.turn import Turn


def follow(turn: Turn, case: SealedCase, known: Casefile, entry: Entry, transaction: Transaction) -> None:
    """What a step brings with it: who may see the case, who is told, and until when it is kept."""
    by = entry.by
    match entry.step:
        case Step.OFFERED if entry.to is not None:
            _let_read(turn, case, entry.to, transaction)
        case Step.FROM_REPORTER | Step.WITHDRAWN:
            for reader in _readers(case, transaction):
                _tell(turn, case, reader, transaction)
        case Step.ACCEPTED:
            before = Casefile(known.first_urgency, known.entries[:-1]).handler
            if before is not None and before != by:
                transaction.reports.revoke(case.id, before)
        case Step.RECUSED if by is not None:
            _leave(turn, case, known, by, transaction)
        case Step.TO_REPORTER:
            _tell_reporter(turn, case, transaction)
        case Step.CLOSING if by is not None:
            _ask_second(turn, case, known, by, transaction)
        case Step.CLOSED:
            kept = CLOSED_KEPT[Reason.WITHDRAWN if known.is_withdrawn else Reason(entry.detail)]
            transaction.reports.close(case.id, turn.now, turn.now + kept)
            _tell_reporter(turn, case, transaction)


def _leave(turn: Turn, case: SealedCase, known: Casefile, who: UserId, transaction: Transaction) -> None:
    transaction.reports.revoke(case.id, who)
    if not _readers(case, transaction):
        _send_on(turn, case, known, transaction)


def _ask_second(turn: Turn, case: SealedCase, known: Casefile, first: UserId, transaction: Transaction) -> None:
    others = [reader for reader in _readers(case, transaction) if reader != first]
    for reader in others:
        _tell(turn, case, reader, transaction)
    if others:
        return
    # Who alone reads an urgent case cannot end it alone: the next of its route looks with them.
    for email in may_receive(turn, case, known, transaction)[:1]:
        _let_read(turn, case, transaction.people.of_emails([email])[email].user, transaction)


def _send_on(turn: Turn, case: SealedCase, known: Casefile, transaction: Transaction) -> None:
    """Nobody is left who reads it: whoever the route names without those who are involved gets it."""
    story = turn.bot.intake.tell(case)
    excluded = story.excluded | _emails(known.recused, transaction, turn)
    chosen = route(
        turn.bot.intake.category_of(story), turn.bot.school, excluded=excluded, reachable=_reachable(turn, transaction)
    )
    for binding in transaction.people.of_emails(chosen.recipients).values():
        _let_read(turn, case, binding.user, transaction)


def may_receive(turn: Turn, case: SealedCase, known: Casefile, transaction: Transaction) -> tuple[Email, ...]:
    """To whom this person may hand a case over, in the order of the school's rows."""
    story = turn.bot.intake.tell(case)
    excluded = story.excluded | _emails(known.recused, transaction, turn)
    found = eligible(
        turn.bot.intake.category_of(story), turn.bot.school, excluded=excluded, reachable=_reachable(turn, transaction)
    )
    return tuple(email for email in found if email != turn.person.email)


def _reachable(turn: Turn, transaction: Transaction) -> set[Email]:
    bindings = transaction.people.of_emails(candidates(turn.bot.school))
    return {email for email, binding in bindings.items() if binding.direct_message is not None}


def _emails(users: Collection[UserId], transaction: Transaction, turn: Turn) -> frozenset[Email]:
    bindings = transaction.people.of_emails(candidates(turn.bot.school))
    return frozenset(email for email, binding in bindings.items() if binding.user in users)


def _readers(case: SealedCase, transaction: Transaction) -> list[UserId]:
    return [grant.user for grant in transaction.reports.readers(case.id) if grant.sees_story]


def _let_read(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    known = transaction.reports.granted_case(case.id, user)
    if known is None or not known[1].sees_story:
        transaction.reports.grant(Grant(case.id, user, granted_at=turn.now))
    _tell(turn, case, user, transaction)


def _tell(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    urgent = case.urgency.is_urgent
    kind = Kind.REPORT_WAITS_URGENT if urgent else Kind.REPORT_WAITS
    priority = Priority.URGENT_REPORT if urgent else Priority.REPORT
    moment = turn.now if urgent else turn.bot.calendar.staff_moment(turn.now)
    transaction.deliveries.add(owe(kind, to_person(user), case.id, priority, now=case.received_at, not_before=moment))


def _tell_reporter(turn: Turn, case: SealedCase, transaction: Transaction) -> None:
    if turn.bot.intake.tell(case).quiet:
        return
    transaction.deliveries.add(
        owe(Kind.REPORT_NEWS, to_reporter(case.id), case.id, Priority.REPLY, now=case.received_at, not_before=turn.now)
    )
