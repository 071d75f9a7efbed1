"""Whoever sits already sees a change of who reads reports, and agrees or not; nobody decides about themselves."""

from collections.abc import Callable

from bot.google_chat.replies import Reply, ShowDialog
from bot.reports.overview.gathering import row_of
from bot.school.seats.agreeing import InForce, Proposal, may_agree
from bot.storage.transactions import Transaction
from handlers.conversations.leading import pages
from handlers.conversations.leading.proposing import tell
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

DONE, LATE = "done", "late"

Apply = Callable[[Transaction, InForce, Proposal], bool]


def show_list(turn: Turn, event: ButtonPressed) -> Reply:
    """Who reads reports; only for those who stand there."""
    return _listed(turn) if _sits(turn) else _not_yours(turn, event)


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """The change that waits."""
    if not _sits(turn):
        return _not_yours(turn, event)
    with turn.bot.store.read() as transaction:
        in_force, proposal = transaction.seats.in_force(), transaction.seats.pending()
        if in_force is None or proposal is None:
            return _listed(turn, told=turn.phrases("seats.gone"))
        allowed = _is_allowed(turn, transaction, in_force, proposal)
    return ShowDialog(pages.change_page(turn, in_force, proposal, may_agree=allowed))


def agree(turn: Turn, event: ButtonPressed) -> Reply:
    """The change holds from now on; everybody of the old and the new list hears that there is something to read."""

    def apply(transaction: Transaction, in_force: InForce, proposal: Proposal) -> bool:
        if not transaction.seats.put_in_force(proposal, turn.person.email, turn.now):
            return False
        hear = {*in_force.seats.recipients, *proposal.seats.recipients} - {turn.person.email}
        tell(transaction, hear, f"{proposal.id}-agreed", turn.now)
        return True

    return _decided(turn, event, apply, told=turn.phrases("seats.agreed"))


def refuse(turn: Turn, event: ButtonPressed) -> Reply:
    """Nothing changes."""

    def apply(transaction: Transaction, _: InForce, proposal: Proposal) -> bool:
        return transaction.seats.refuse(proposal, turn.person.email, turn.now)

    return _decided(turn, event, apply, told=turn.phrases("seats.refused"))


def confirm(turn: Turn, event: ButtonPressed) -> Reply:
    """Somebody of the first list says that it is right, and sits from then on."""
    if not _sits(turn):
        return _not_yours(turn, event)

    def apply(transaction: Transaction) -> str:
        in_force = transaction.seats.in_force()
        if in_force is not None and turn.person.email in in_force.seats.recipients:
            transaction.seats.confirm([turn.person.email], turn.now)
        return DONE

    turn.change(apply)
    turn.bot.known.look_again()
    return _listed(turn, told=turn.phrases("seats.confirmed"))


def _decided(turn: Turn, event: ButtonPressed, apply: Apply, *, told: str) -> Reply:
    if not _sits(turn):
        return _not_yours(turn, event)

    def change(transaction: Transaction) -> str:
        in_force, proposal = transaction.seats.in_force(), transaction.seats.pending()
        if in_force is None or proposal is None or proposal.id != event.parameters.get("change"):
            return LATE
        if not _is_allowed(turn, transaction, in_force, proposal):
            return LATE
        return DONE if apply(transaction, in_force, proposal) else LATE

    done = turn.change(change) == DONE
    turn.bot.known.look_again()
    return _listed(turn, told=told if done else turn.phrases("seats.gone"))


def _is_allowed(turn: Turn, transaction: Transaction, in_force: InForce, proposal: Proposal) -> bool:
    bound = transaction.people.of_emails((*in_force.seats.deciding, in_force.seats.last_resort))
    return turn.person.email in may_agree(in_force, proposal, bound)


def _listed(turn: Turn, *, told: str = "") -> Reply:
    in_force = turn.bot.known.in_force()
    with turn.bot.store.read() as transaction:
        earlier = transaction.seats.proposals(pages.EARLIER * 2)
    return ShowDialog(pages.list_page(turn, in_force, earlier, told=told))


def _sits(turn: Turn) -> bool:
    return row_of(turn.bot.school, turn.person.email) is not None


def _not_yours(turn: Turn, event: ButtonPressed) -> Reply:
    return answer_with(event, turn.phrases, turn.phrases("not_yours"))
