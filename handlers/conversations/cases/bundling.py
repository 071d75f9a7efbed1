"""Several reports about one event: one person handles them all, and who is kept from one is kept from each of them."""

from collections.abc import Sequence

from bot.google_chat.cards import Action, Button, Buttons, Card, Choice, ChoiceKind, Option, Paragraph, Section
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, NotAllowed, Refusal
from bot.reports.ports import CaseId, SealedCase
from bot.school.people import Email
from bot.storage.transactions import Transaction
from handlers.conversations.cases import case_page
from handlers.conversations.cases.inbox import SHOWN_AT_MOST, granted, inbox_card
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn
from handlers.watching import kept_from, leave, reachable, watch

DONE = "done"

Known = tuple[SealedCase, Casefile]


def ask(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that asks with which other case it belongs together."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    found = granted(turn, _id(event))
    if found is None:
        return ShowDialog(inbox_card(turn))
    return ShowDialog(_page(turn, found[0], found[2]))


def join(turn: Turn, event: ButtonPressed) -> Reply:
    """Puts two cases together, with everything that was together with either of them."""
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    case_id, other = _id(event), CaseId(event.inputs.text("other"))

    def apply(transaction: Transaction) -> str:
        try:
            _join(turn, case_id, other, transaction)
        except NotAllowed as refused:
            return refused.refusal
        return DONE

    effect = turn.change(apply)
    turn.deliver_now(turn.bot.owed_about(case_id))
    found = granted(turn, case_id)
    if found is None:
        return ShowDialog(inbox_card(turn))
    problem = "" if (key := effect) == DONE else turn.phrases(key)
    return ShowDialog(case_page.story_card(turn, found[0], found[2], problem=problem))


def _join(turn: Turn, case_id: CaseId, other: CaseId, transaction: Transaction) -> None:
    first, second = _mine(turn, case_id, transaction), _mine(turn, other, transaction)
    if case_id == other or other in first[1].bundled:
        raise NotAllowed(Refusal.EMPTY)
    together = {case_id, other} | first[1].bundled | second[1].bundled
    members = [_mine(turn, each, transaction) for each in sorted(together)]
    bindings = reachable(turn.bot, transaction)
    excluded: set[Email] = set()
    for case, known in members:
        excluded |= kept_from(turn.bot.intake.tell(case), known, bindings)
    for case, known in members:
        after = known
        if known.handler is None:
            after = _kept(turn, case, after, casefile.take(after, turn.user, turn.now), transaction)
        entry = casefile.bundle(after, turn.user, turn.now, together - {case.id}, excluded)
        after = _kept(turn, case, after, entry, transaction)
        for grant in transaction.reports.readers(case.id):
            # Who is kept from one of them must not learn of it by another.
            if any(email in excluded and bound.user == grant.user for email, bound in bindings.items()):
                leave(turn.bot, case, after, grant.user, transaction, turn.now)
        watch(turn.bot, case, transaction, turn.now)


def _mine(turn: Turn, case_id: CaseId, transaction: Transaction) -> Known:
    """A case that this person may read and handles, or that nobody handles yet; raises NotAllowed."""
    found = transaction.reports.granted_case(case_id, turn.user)
    if found is None or not found[1].sees_story:
        raise NotAllowed(Refusal.EMPTY)
    known = turn.bot.histories.load(found[0], transaction.histories)
    if known.is_closed:
        raise NotAllowed(Refusal.CLOSED)
    if known.handler not in {None, turn.user}:
        raise NotAllowed(Refusal.OTHER_HANDLER)
    return found[0], known


def _kept(turn: Turn, case: SealedCase, known: Casefile, entry: Entry, transaction: Transaction) -> Casefile:
    if not turn.bot.histories.append(case, known, entry, transaction.histories):
        # All of it or nothing: the exception undoes what was kept of the others.
        raise RuntimeError("somebody acted on a case at the very moment it was put together with another")
    return Casefile(known.first_urgency, (*known.entries, entry))


def _page(turn: Turn, case: SealedCase, known: Casefile) -> Card:
    t = turn.phrases
    others = [each for each in _others(turn, case) if each.id not in known.bundled]
    back = Button(t("dialog.back"), Action("cases.look", {"case": case.id}))
    if others:
        options = tuple(Option(each.id, _called(turn, each)) for each in others)
        choice = Choice("other", t("bundle.which"), ChoiceKind.RADIO_BUTTON, options)
        do = Button(t("bundle.do"), Action("cases.bundle_with", {"case": case.id}), filled=True)
        sections = (Section((Paragraph(t("bundle.explain")), choice)), Section((Buttons(do, back),)))
    else:
        sections = (Section((Paragraph(t("bundle.none")),)), Section((Buttons(back),)))
    return Card(title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=sections, card_id="case")


def _called(turn: Turn, case: SealedCase) -> str:
    day = written(turn.bot.calendar.local(case.received_at).date(), turn.phrases)
    return turn.phrases("bundle.case", code=case.code, day=day)


def _others(turn: Turn, case: SealedCase) -> Sequence[SealedCase]:
    with turn.bot.store.read() as transaction:
        found = transaction.reports.granted_to(turn.user, most=SHOWN_AT_MOST * 2)
    open_ones = [each for each, grant in found if grant.sees_story and each.closed_at is None]
    return [each for each in open_ones if each.id != case.id][:SHOWN_AT_MOST]


def _id(event: ButtonPressed) -> CaseId:
    return CaseId(event.parameters.get("case", ""))
