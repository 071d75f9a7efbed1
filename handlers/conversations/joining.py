"""The bot is added or removed: it comes only where it is wanted, and says so once."""

import structlog

from bot.google_chat.cards import Message
from bot.google_chat.notices import group_rules, waiting_message
from bot.google_chat.replies import Nothing, Reply, Say
from bot.groups.joining import Arrival, arrive, ask_admins, leave
from bot.groups.ports import GroupState
from bot.groups.sanction import may_speak
from bot.storage.transactions import Transaction
from handlers.conversations import helping
from handlers.conversations.answers.hearing import needs_help, typed_command
from handlers.events.model import BotAdded, Space
from handlers.turn import Turn

NEWLY, AGAIN = "new", "known"
HELP_COMMANDS = frozenset({11, 111})

log = structlog.get_logger(__name__)


def added(turn: Turn, event: BotAdded) -> Reply:
    """Welcome a sanctioned group, or say once that the bot waits for an admin; in a direct message, say hello."""
    space = event.space
    if space is None:
        return Nothing()
    if space.is_direct:
        # Installed by an admin nobody asked for anything yet, and it may be in the middle of a lesson.
        return Nothing() if space.admin_installed else Say(Message(text=turn.phrases("hello.text")))
    effect = turn.change(lambda transaction: _arrive(turn, space, transaction))
    if _asks_for_help(turn, event):
        # Added with a mention or command by somebody in need: the numbers come before everything else.
        return helping.help_now(turn)
    if effect == AGAIN:
        return Nothing()
    with turn.bot.store.read() as transaction:
        group = transaction.spaces.get(space.name)
    if group is None:
        return Nothing()
    if may_speak(group):
        return Say(group_rules(turn.bot.wording.dutch, turn.bot.quotations))
    if group.state is not GroupState.WAITING:
        # Whoever adds the bot again where it was told to stop gets no second explanation in front of all.
        return Nothing()
    # The admins are asked at once: this answers somebody's act.
    turn.deliver_now(turn.bot.owed_about(group.ref))
    return Say(waiting_message(turn.bot.wording.dutch))


def _asks_for_help(turn: Turn, event: BotAdded) -> bool:
    if event.command_id in HELP_COMMANDS:
        return True
    text = event.message.text if event.message is not None else ""
    return typed_command(turn, text) == "hulp" or needs_help(turn, text)


def _arrive(turn: Turn, space: Space, transaction: Transaction) -> str:
    before = transaction.spaces.get(space.name)
    arrival = Arrival(
        space=space.name,
        kind=space.kind,
        display_name=space.display_name,
        outsiders_allowed=space.outsiders_allowed,
        dialect=turn.event.dialect,
        added_by=turn.user,
    )
    group, waits = arrive(arrival, turn.person, transaction.spaces, rules=turn.bot.school.groups, now=turn.now)
    log.info("group.arrived", group=group.ref, state=group.state.value)
    if waits:
        bound = transaction.people.of_emails(turn.bot.school.admins)
        for delivery in ask_admins(group, [binding.user for binding in bound.values()], now=turn.now):
            transaction.deliveries.add(delivery)
    # A group that knows already what the bot is doing there is not told again.
    told = before is not None and before.state is group.state and not before.found_by_itself
    return AGAIN if told else NEWLY


def removed(turn: Turn) -> Reply:
    """Remember that the bot is out: nothing is sent there any more."""
    space = turn.event.space
    if space is None:
        return Nothing()

    def apply(transaction: Transaction) -> str:
        if space.is_direct:
            transaction.people.forget_direct_message(space.name)
        else:
            group = leave(space.name, transaction.spaces)
            transaction.memberships.forget(space.name)
            if group is not None:
                log.info("group.left", group=group.ref)
        return space.name

    turn.change(apply)
    return Nothing()
