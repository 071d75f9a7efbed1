"""What a step in a case brings with it: who may see it from now on, who is told, and until when it is kept."""

from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.ports import SealedCase
from bot.reports.retention import closed_kept
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
            _with_it(turn, known, entry, transaction)
        case Step.FROM_REPORTER | Step.WITHDRAWN:
            for reader in _readers(case, transaction):
                _tell(turn, case, reader, transaction)
        case Step.ACCEPTED:
            before = Casefile(known.first_urgency, known.entries[:-1]).handler
            if before is not None and before != by:
                transaction.reports.revoke(case.id, before)
            _with_it(turn, known, entry, transaction)
        case Step.RECUSED if by is not None:
            leave(turn.bot, case, known, by, transaction, turn.now)
        case Step.TO_REPORTER:
            tell_reporter(turn.bot, case, transaction, turn.now)
        case Step.CLOSING if by is not None:
            _ask_second(turn, case, known, by, transaction)
        case _:
            _until_when(turn, case, known, entry, transaction)


def _with_it(turn: Turn, known: Casefile, entry: Entry, transaction: Transaction) -> None:
    """Offer or accept with a case all that was put together with it: one person handles what is about one event."""
    for other in sorted(known.bundled):
        case = transaction.reports.get(other)
        if case is None or case.closed_at is not None:
            continue
        told = turn.bot.histories.load(case, transaction.histories)
        if told.handler == turn.user and entry.to is not None and told.offered_to != entry.to:
            step = casefile.offer(told, turn.user, turn.now, entry.to)
        elif told.offered_to == turn.user and entry.to is None:
            step = casefile.accept(told, turn.user, turn.now)
        else:
            continue
        if not turn.bot.histories.append(case, told, step, transaction.histories):
            # All of it or nothing: the exception undoes what was kept of the others.
            raise RuntimeError("somebody acted on a case at the very moment it was handed over with another")
        follow(turn, case, Casefile(told.first_urgency, (*told.entries, step)), step, transaction)


def _until_when(turn: Turn, case: SealedCase, known: Casefile, entry: Entry, transaction: Transaction) -> None:
    if entry.step in {Step.HELD, Step.RELEASED}:
        transaction.reports.hold(case.id, held=entry.step is Step.HELD)
    if entry.step is Step.CLOSED:
        reason = Reason.WITHDRAWN if known.is_withdrawn else Reason(entry.detail)
        kept = closed_kept(reason, turn.bot.school.terms)
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
    """To whom this person may hand a case over with all that belongs to it, in the order of the school's rows."""
    others = (transaction.reports.get(other) for other in sorted(known.bundled))
    bindings = reachable(turn.bot, transaction)
    rows = []
    for each in (case, *(other for other in others if other is not None)):
        story = turn.bot.intake.tell(each)
        told = known if each is case else turn.bot.histories.load(each, transaction.histories)
        excluded = kept_from(story, told, bindings)
        category = turn.bot.intake.category_of(story)
        rows.append(eligible(category, turn.bot.school, excluded=excluded, reachable=bindings))
    return tuple(email for email in rows[0] if email != turn.person.email and all(email in row for row in rows))


def _readers(case: SealedCase, transaction: Transaction) -> list[UserId]:
    return [grant.user for grant in transaction.reports.readers(case.id) if grant.sees_story]


def _let_read(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    let_read(turn.bot, case, user, transaction, turn.now, urgent=case.urgency.is_urgent)


def _tell(turn: Turn, case: SealedCase, user: UserId, transaction: Transaction) -> None:
    tell(turn.bot, case, user, transaction, turn.now, urgent=case.urgency.is_urgent)
