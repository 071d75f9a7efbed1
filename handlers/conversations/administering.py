"""Admins decide which groups are sanctioned, and undo what was decided; rights are checked again at every click."""

from collections.abc import Iterator, Sequence

import structlog

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.replies import Replace, Reply, ShowDialog
from bot.groups.joining import decide, overturn
from bot.groups.ports import Group, GroupState
from bot.groups.sanction import DECISIONS, members_are_kept
from bot.protocol.quoting import written
from bot.reports.routing import candidates
from bot.school.people import Role
from bot.storage.transactions import Transaction
from bot.wording.catalogue import Phrases
from handlers.conversations.administration import pages
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

SHOWN_AT_MOST = 20
A_PAGE = 15
ATTENTION = (GroupState.WAITING, GroupState.SUSPENDED)
"""What an admin sees first."""

log = structlog.get_logger(__name__)


def is_admin(turn: Turn) -> bool:
    """Whether this person decides about groups."""
    return turn.person.is_any(Role.ADMIN)


def overview(turn: Turn, *, dialog: bool) -> Reply:
    """`/beheer`: the groups that wait or are suspended, and how many are sanctioned."""
    card = _overview_card(turn)
    if dialog:
        return ShowDialog(card)
    return turn.privately(Message(text=turn.phrases("admin.text"), cards=(card,)))


def page(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that the button names, or the first one again; the rights are checked here."""
    if is_admin(turn) and event.parameters.get("name") == "first":
        return overview(turn, dialog=True)
    return pages.opened(turn, event)


def listed(turn: Turn, event: ButtonPressed) -> Reply:
    """All groups, a page at a time, each with what can be decided about it."""
    return ShowDialog(_list_card(turn, _page(event)))


def decided(turn: Turn, event: ButtonPressed, state: GroupState, *, anew: bool = False) -> Reply:
    """Approve or refuse, or `anew` undo that; what answers somebody's act goes out at once."""
    ref = event.parameters.get("group", "")

    def apply(transaction: Transaction) -> str:
        change = overturn if anew else decide
        result = change(ref, state, transaction.spaces, by=turn.user, now=turn.now)
        if result is None:
            return ""
        group, delivery = result
        if delivery is not None:
            transaction.deliveries.add(delivery)
        if not members_are_kept(group):
            transaction.memberships.forget(group.space)
        log.info("group.decided", group=ref, state=group.state.value, by=turn.user)
        return ref

    turn.change(apply)
    turn.deliver_now(turn.bot.owed_about(ref))
    if event.in_dialog:
        return ShowDialog(_list_card(turn, _page(event)) if "page" in event.parameters else _overview_card(turn))
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
        pressing = list(transaction.spaces.in_state(*ATTENTION))
        sanctioned = len(transaction.spaces.in_state(GroupState.SANCTIONED))
        bound = transaction.people.of_emails(recipients)
    waiting = [group for group in pressing if group.state is GroupState.WAITING]
    suspended = [group for group in pressing if group.state is GroupState.SUSPENDED]
    unreachable = sum(email not in bound or bound[email].direct_message is None for email in recipients)
    facts = [Fact(t("admin.sanctioned"), str(sanctioned)), Fact(t("admin.waiting"), str(len(waiting)))]
    facts += [Fact(t("admin.suspended"), str(len(suspended)))] if suspended else []
    facts += [Fact(str(unreachable), t("admin.unreachable"))] if unreachable else []
    everything = Buttons(Button(t("admin.all"), Action("group.list", {"page": "0"}, opens_dialog=True)))
    sections = [Section((*facts, everything)), Section((pages.choices(turn),))]
    sections += [Section(tuple(_shown(t, group, None))) for group in [*waiting, *suspended][:SHOWN_AT_MOST]]
    return Card(title=t("admin.title"), sections=tuple(sections), card_id="admin")


def _list_card(turn: Turn, page: int) -> Card:
    t = turn.phrases
    with turn.bot.store.read() as transaction:
        found = transaction.spaces.in_state(*(state for state in GroupState if state is not GroupState.REMOVED))
    groups = sorted(found, key=lambda group: (group.display_name.casefold(), group.space))
    page = min(page, max(len(groups) - 1, 0) // A_PAGE)
    shown = groups[page * A_PAGE : (page + 1) * A_PAGE]
    sections = [Section(tuple(_shown(t, group, page))) for group in shown]
    if not sections:
        sections.append(Section((Paragraph(t("admin.no_groups")),)))
    sections.append(Section((_turning(t, page, last=(page + 1) * A_PAGE >= len(groups)),)))
    return Card(title=t("admin.all"), sections=tuple(sections), card_id="groups")


def _turning(t: Phrases, page: int, *, last: bool) -> Buttons:
    before = [Button(t("admin.earlier"), Action("group.list", {"page": str(page - 1)}))] if page else []
    after = [] if last else [Button(t("admin.later"), Action("group.list", {"page": str(page + 1)}))]
    return Buttons(*before, *after, Button(t("dialog.close"), Action("dialog.close")))


def _shown(t: Phrases, group: Group, page: int | None) -> Iterator[Widget]:
    """The group, what is the matter with it, and what can be decided."""
    name = group.display_name or t("approval.nameless")
    if group.state is GroupState.WAITING:
        yield Fact(t("approval.group"), name)
    else:
        yield Fact(t(f"group.state.{group.state.value}"), name, below=_until(t, group))
    if group.suspended_for is not None:
        yield Paragraph(t(f"group.concern.{group.suspended_for.value}"))
    if group.members_complete is False and members_are_kept(group):
        yield Paragraph(t("group.incomplete"))
    yield Buttons(*_choices(t, group, page))


def _until(t: Phrases, group: Group) -> str:
    return t("group.until", day=written(group.expires_on, t)) if group.expires_on is not None else ""


def _choices(t: Phrases, group: Group, page: int | None) -> Sequence[Button]:
    parameters = {"group": group.ref} | ({} if page is None else {"page": str(page)})
    if group.state is GroupState.WAITING:
        return (
            Button(t("approval.approve"), Action("group.approve", parameters), filled=True),
            Button(t("approval.refuse"), Action("group.refuse", parameters)),
        )
    words = {
        GroupState.SANCTIONED: ("group.again", "admin.again"),
        GroupState.WITHDRAWN: ("group.withdraw", "admin.withdraw"),
    }
    actions = [words[state] for state in DECISIONS[group.state] if state in words]
    return [Button(t(key), Action(action, parameters)) for action, key in actions]


def _page(event: ButtonPressed) -> int:
    said = event.parameters.get("page", "")
    return int(said) if said.isascii() and said.isdigit() else 0
