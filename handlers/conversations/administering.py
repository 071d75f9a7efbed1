"""Admins decide which groups are sanctioned; rights are checked again at every click."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.replies import Replace, Reply, ShowDialog
from bot.groups.joining import decide
from bot.groups.ports import Group, GroupState
from bot.reports.routing import candidates
from bot.school.people import Role
from bot.storage.transactions import Transaction
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

SHOWN_AT_MOST = 20


def is_admin(turn: Turn) -> bool:
    """Whether this person decides about groups."""
    return turn.person.is_any(Role.ADMIN)


def overview(turn: Turn, *, dialog: bool) -> Reply:
    """`/beheer`: the groups that wait, and how many are sanctioned."""
    card = _overview_card(turn)
    if dialog:
        return ShowDialog(card)
    return turn.privately(Message(text=turn.phrases("admin.text"), cards=(card,)))


def decided(turn: Turn, event: ButtonPressed, state: GroupState) -> Reply:
    """Approve or refuse; what answers somebody's act goes out at once."""
    ref = event.parameters.get("group", "")

    def apply(transaction: Transaction) -> str:
        result = decide(ref, state, transaction.spaces, by=turn.user, now=turn.now)
        if result is None:
            return ""
        _, delivery = result
        if delivery is not None:
            transaction.deliveries.add(delivery)
        return ref

    turn.change(apply)
    turn.deliver_now(turn.bot.owed_about(ref))
    if event.in_dialog:
        return ShowDialog(_overview_card(turn))
    with turn.bot.store.read() as transaction:
        group = transaction.spaces.by_ref(ref)
    return Replace(_decision(turn, group))


def _decision(turn: Turn, group: Group | None) -> Message:
    t = turn.phrases
    key = f"approval.is_{group.state.value}" if group is not None else "approval.gone"
    name = (group.display_name or t("approval.nameless")) if group is not None else t("approval.nameless")
    section = Section((Fact(t("approval.group"), name), Paragraph(t(key))))
    return Message(
        text=t("approval.done"), cards=(Card(title=t("approval.title"), sections=(section,), card_id="approval"),)
    )


def _overview_card(turn: Turn) -> Card:
    t = turn.phrases
    recipients = candidates(turn.bot.school)
    with turn.bot.store.read() as transaction:
        waiting = list(transaction.spaces.in_state(GroupState.WAITING))
        sanctioned = len(transaction.spaces.in_state(GroupState.SANCTIONED))
        bound = transaction.people.of_emails(recipients)
    unreachable = sum(email not in bound or bound[email].direct_message is None for email in recipients)
    missing = [Fact(str(unreachable), t("admin.unreachable"))] if unreachable else []
    sections = [
        Section((Fact(t("admin.sanctioned"), str(sanctioned)), Fact(t("admin.waiting"), str(len(waiting))), *missing))
    ]
    for group in waiting[:SHOWN_AT_MOST]:
        widgets: tuple[Widget, ...] = (
            Fact(t("approval.group"), group.display_name or t("approval.nameless")),
            Buttons(
                Button(t("approval.approve"), Action("group.approve", {"group": group.ref}), filled=True),
                Button(t("approval.refuse"), Action("group.refuse", {"group": group.ref})),
            ),
        )
        sections.append(Section(widgets))
    return Card(title=t("admin.title"), sections=tuple(sections), card_id="admin")
