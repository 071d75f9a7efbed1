"""What a step in a case brings with it: who may see it from now on, who is told, and until when it is kept."""

from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.ports import SealedCase
from bot.reports.retention import CLOSED_KEPT
from bot.reports.routing import eligible
from bot.school.people import Email, UserId
from bot.storage.transactions import Transaction
from handlers.turn import Turn
from handlers.watching import kept_from, leave, let_read, reachable, tell, tell_reporter


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
            leave(turn.bot, case, known, by, transaction, turn.now)
        case Step.TO_REPORTER:
            tell_reporter(turn.bot, case, transaction, turn.now)
        case Step.CLOSING if by is not None:
            _ask_second(turn, case, known, by, transaction)
        case _:
            _until_when(turn, case, known, entry, transaction)


def _until_when(turn: Turn, case: SealedCase, known: Casefile, entry: Entry, transaction: Transaction) -> None:
    if entry.step in {Step.HELD, Step.RELEASED}:
        transaction.reports.hold(case.id, held=entry.step is Step.HELD)
    if entry.step is Step.CLOSED:
        kept = CLOSED_KEPT[Reason.WITHDRAWN if known.is_withdrawn else Reason(entry.detail)]
        transaction.reports.close(case.id, turn.now, turn.now + kept)
        tell_reporter(turn.bot, case, transaction, turn.now)


def _ask_second(turn: Turn, case: SealedCase, known: Casefile, first: UserId, transaction: Transaction) -> None:
    others = [reader for reader in _readers(case, transaction) if reader != first]
    for reader in others:
        _tell(turn, case, reader, transaction)
    if others:
        return
    # Who alone reads an urgent case cannot end it alone: the next of its route looks with them.
    for email in may_receive(turn, case, known, transaction)[:1]:
        _let_read(turn, case, transaction.people.of_emails([email])[email].user, transaction)


def may_receive(turn: Turn, case: SealedCase, known: Casefile, transaction: Transaction) -> tuple[Email, ...]:
    """To whom this person may hand a case over, in the order of the school's rows."""
    story = turn.bot.intake.tell(case)
    bindings = reachable(turn.bot, transaction)
    excluded = kept_from(story, known, bindings)
    found = eligible(turn.bot.intake.category_of(story), turn.bot.school, excluded=excluded, reachable=bindings)
    return tuple(email for email in found if email != turn.person.email)


def _readers(case: SealedCase, transaction: Transaction) -> list[UserId]:
    return [grant.user for grant in transaction.reports.readers(case.id) if grant.sees_story]


def _let_read(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    let_read(turn.bot, case, user, transaction, turn.now, urgent=case.urgency.is_urgent)


def _tell(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    tell(turn.bot, case, user, transaction, turn.now, urgent=case.urgency.is_urgent)
