"""Which conversation answers which event: the guards in order, then one row per command and button."""

from collections.abc import Callable, Mapping

from bot.google_chat.replies import Nothing, Reply
from bot.groups.ports import GroupState
from bot.groups.sanction import may_speak
from handlers.conversations import (
    administering,
    consulting,
    group_rules,
    helping,
    home,
    joining,
    own_report,
    own_reports,
    practising,
    reporting,
)
from handlers.conversations.answers import asking, browsing, opinions, publication
from handlers.conversations.answers.hearing import needs_help, typed_command
from handlers.conversations.cases import acting, away, bundling, checklist, exporting, history, inbox, overview, trials
from handlers.conversations.groups import staying
from handlers.conversations.leading import deciding
from handlers.conversations.own_data import pages as own_data
from handlers.conversations.reminders import choosing
from handlers.conversations.rosters import missing
from handlers.conversations.sentence import answer_with
from handlers.events.model import (
    BotAdded,
    BotRemoved,
    ButtonPressed,
    CommandGiven,
    DialogCancelled,
    DialogPhase,
    HomeOpened,
    MessageTyped,
)
from handlers.turn import Turn

TYPED_COMMANDS: Mapping[str, int] = {
    "protocol": 2,
    "melden": 3,
    "mijnberichten": 4,
    "groepsregels": 5,
    "magdit": 6,
    "wieontbreekt": 7,
    "overleg": 8,
    "zaken": 9,
    "beheer": 10,
    "hulp": 11,
    "uitleg": 12,
    "privacy": 13,
}
"""Commands that people type as ordinary text, by the name that `bot/protocol/data/commands.tsv` gives them."""

COMMANDS: Mapping[int, Callable[[Turn, CommandGiven], Reply]] = {
    1: lambda turn, event: asking.asked(turn, event.text, in_the_open=False),
    2: lambda turn, event: browsing.contents(turn, event.text),
    3: lambda turn, event: reporting.start(turn, event.phase),
    103: lambda turn, event: reporting.start(turn, event.phase),
    4: lambda turn, event: own_reports.overview(turn, event.phase),
    5: lambda turn, _: group_rules.show(turn),
    6: lambda turn, event: publication.start(turn, event.phase),
    7: missing.start,
    8: consulting.start,
    9: lambda turn, event: inbox.inbox(turn, event, event.phase),
    10: lambda turn, event: _for_admins(turn, event.phase),
    11: lambda turn, _: helping.help_now(turn),
    111: lambda turn, _: helping.help_now(turn),
    12: lambda turn, _: helping.explain(turn),
    13: lambda turn, _: helping.privacy(turn),
}
"""Google's command ids (design: section 2.1); a quick command has 100 more than its slash command."""

BUTTONS: Mapping[str, Callable[[Turn, ButtonPressed], Reply]] = {
    "answer.share": asking.share,
    "answer.show": asking.show_answer,
    "answer.open": asking.open_article,
    "answer.choose": asking.choose_again,
    "answer.none": asking.none_of_these,
    "help.now": lambda turn, _: helping.help_now(turn),
    "opinion.helps": opinions.helps,
    "opinion.open": opinions.opened,
    "opinion.send": opinions.given,
    "protocol.page": browsing.page,
    "protocol.ask": lambda turn, _: browsing.ask_for_words(turn),
    "protocol.search": browsing.search,
    "protocol.changes": browsing.changes,
    "publication.start": publication.begin_again,
    "publication.go": publication.go_on,
    "publication.share": publication.share,
    "publication.stop": publication.stop,
    "reminders.ask": choosing.ask,
    "reminders.save": choosing.save,
    "reminders.now": choosing.send_now,
    "reminders.skip": choosing.skip,
    "consult.start": consulting.start,
    "consult.send": consulting.send,
    "practice.start": practising.go_on,
    "report.start": lambda turn, event: reporting.start(turn, event.phase),
    "report.topics": reporting.back_to_topics,
    "report.topic": reporting.choose_topic,
    "report.tell": reporting.tell,
    "report.back_to_tell": reporting.back_to_tell,
    "report.who": reporting.who,
    "report.back_to_who": reporting.back_to_who,
    "report.send": reporting.send,
    "report.stop": reporting.stop,
    "own.list": lambda turn, event: own_reports.overview(turn, event.phase),
    "own.look": own_report.look,
    "own.add": own_report.add,
    "own.earlier": own_report.earlier,
    "own.ask_withdraw": own_report.ask_withdraw,
    "own.withdraw": own_report.withdraw,
    "cases.list": lambda turn, event: inbox.inbox(turn, event, event.phase),
    "cases.look": inbox.look,
    "cases.read": acting.read,
    "cases.history": history.earlier,
    "cases.write": acting.ask_words,
    "cases.offer": acting.ask_offer,
    "cases.close": acting.ask_close,
    "cases.urgency": acting.ask_urgency,
    "cases.involved": acting.ask_involved,
    "cases.bundle": bundling.ask,
    "cases.bundle_with": bundling.join,
    "cases.confirm": acting.confirm,
    "cases.steps": checklist.ask,
    "cases.step": checklist.look,
    "cases.minutes": checklist.first_minutes,
    "cases.export": exporting.ask,
    "cases.export_code": exporting.make_code,
    "cases.act": acting.act,
    "cases.overview": overview.look,
    "trials.look": trials.look,
    "trials.confirm": trials.confirm,
    "away.ask": away.ask,
    "away.save": away.save,
    "away.back": away.back,
    "seats.list": deciding.show_list,
    "seats.look": deciding.look,
    "seats.agree": deciding.agree,
    "seats.refuse": deciding.refuse,
    "seats.confirm": deciding.confirm,
    "missing.choose": missing.choose,
    "group.approve": lambda turn, event: _deciding(turn, event, GroupState.SANCTIONED),
    "group.refuse": lambda turn, event: _deciding(turn, event, GroupState.REFUSED),
    "group.again": lambda turn, event: _deciding(turn, event, GroupState.SANCTIONED, anew=True),
    "group.withdraw": lambda turn, event: _deciding(turn, event, GroupState.WITHDRAWN, anew=True),
    "group.list": lambda turn, event: (
        administering.listed(turn, event) if administering.is_admin(turn) else _not_yours(turn)
    ),
    "admin.page": administering.page,
    "group.stay": staying.stay,
    "group.stop": staying.stop,
    "privacy.show": own_data.show,
    "privacy.ask_erase": own_data.ask_erase,
    "privacy.erase": own_data.erase,
    "dialog.close": reporting.close,
}
"""What our own buttons are called; the name travels in the card, and anything else is no button of ours."""


def converse(turn: Turn) -> Reply:
    """Answer an event: the first guard that objects answers, else the conversation it belongs to."""
    for guard in GUARDS:
        objection = guard(turn)
        if objection is not None:
            return objection
    return _answer(turn)


def from_a_person(turn: Turn) -> Reply | None:
    """Apps, this bot itself included, get no answer: two of them would talk for ever."""
    event = turn.event
    if not event.actor.human:
        return Nothing()
    if isinstance(event, MessageTyped) and not event.message.sender_human:
        return Nothing()
    return None


def in_a_sanctioned_group(turn: Turn) -> Reply | None:
    """Where it is not sanctioned the bot answers only who needs help, and points everybody else to a direct message."""
    event = turn.event
    if event.space is None or event.space.is_direct or isinstance(event, BotAdded | BotRemoved | DialogCancelled):
        return None
    if may_speak(turn.group):
        return None
    match event:
        case CommandGiven() if event.command_id in joining.HELP_COMMANDS:
            return helping.help_now(turn)
        case MessageTyped() if _asks_for_help(turn, event.message.text):
            return helping.help_now(turn)
        case CommandGiven() if event.text and _asks_for_help(turn, event.text):
            return helping.help_now(turn)
        case MessageTyped() | CommandGiven() | ButtonPressed():
            return answer_with(event, turn.phrases, turn.phrases("group.elsewhere"))
        case _:
            return Nothing()


def _asks_for_help(turn: Turn, text: str) -> bool:
    return typed_command(turn, text) == "hulp" or needs_help(turn, text)


GUARDS: tuple[Callable[[Turn], Reply | None], ...] = (from_a_person, in_a_sanctioned_group)
"""In this order; that the caller is Google was proven before there was a turn."""


def _answer(turn: Turn) -> Reply:
    event = turn.event
    match event:
        case MessageTyped():
            typed = TYPED_COMMANDS.get(typed_command(turn, event.message.text) or "")
            if typed is not None:
                return COMMANDS[typed](turn, _as_command(event, typed))
            return asking.asked(turn, event.message.text, in_the_open=not turn.in_direct_message)
        case CommandGiven():
            command = COMMANDS.get(event.command_id)
            return command(turn, event) if command else _not_yours(turn)
        case ButtonPressed():
            practice = practising.go_on if practising.is_practice(event) else None
            return (practice or BUTTONS.get(event.action, _old_button))(turn, event)
        case BotAdded():
            return joining.added(turn, event)
        case BotRemoved():
            return joining.removed(turn)
        case HomeOpened():
            return home.opened(turn)
        case _:
            return Nothing()


def _as_command(event: MessageTyped, command: int) -> CommandGiven:
    return CommandGiven(
        dialect=event.dialect,
        actor=event.actor,
        space=event.space,
        at=event.at,
        locale=event.locale,
        fingerprint=event.fingerprint,
        command_id=command,
        text="",
        message=event.message,
    )


def _old_button(turn: Turn, event: ButtonPressed) -> Reply:
    # A card of an older version of the bot: the command beside every button still works.
    return answer_with(event, turn.phrases, turn.phrases("button.old"))


def _for_admins(turn: Turn, phase: DialogPhase) -> Reply:
    if not administering.is_admin(turn):
        return _not_yours(turn)
    return administering.overview(turn, dialog=phase is not DialogPhase.NONE)


def _deciding(turn: Turn, event: ButtonPressed, state: GroupState, *, anew: bool = False) -> Reply:
    if not administering.is_admin(turn):
        return _not_yours(turn)
    return administering.decided(turn, event, state, anew=anew)


def _not_yours(turn: Turn) -> Reply:
    """One neutral sentence; who tried is not kept."""
    return answer_with(turn.event, turn.phrases, turn.phrases("not_yours"))
