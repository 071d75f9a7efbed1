"""Staff change their group's reminders: how often, about what, not for a while, the next one now or not at all.

Who may do so is asked again at every press: whoever of staff is in the group, and only where the bot may speak.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from bot.etiquette.ports import Reminder
from bot.etiquette.wishes import RemindedGroup, Rhythm, Wishes, reminded
from bot.google_chat.replies import Reply, ShowDialog
from bot.groups.sanction import may_speak
from bot.outbox.delivery import Kind, Priority, owe, to_group
from bot.school.facts import Part
from bot.storage.transactions import Transaction
from handlers.conversations.reminders import pages
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

NOT_NOW, ONE_A_DAY = "reminders.not_now", "reminders.one_a_day"


def group_of(turn: Turn) -> RemindedGroup | None:
    """The group in which somebody of its staff is speaking; None for everybody else and everywhere else."""
    group = turn.group
    allowed = turn.person.is_staff and turn.bot.school.is_on(Part.ETIQUETTE)
    if group is None or not may_speak(group) or not allowed:
        return None
    with turn.bot.store.read() as transaction:
        return reminded(group, transaction.wishes.chosen_of(group.space))


def ask(turn: Turn, event: ButtonPressed) -> Reply:
    """The page with all choices."""
    group = group_of(turn)
    return _not_yours(turn, event) if group is None else ShowDialog(pages.settings(turn, group))


def save(turn: Turn, event: ButtonPressed) -> Reply:
    """Keep what was chosen; what was drawn before this moment is not sent any more."""
    today = turn.bot.calendar.local(turn.now).date()

    def wanted(group: RemindedGroup) -> Wishes:
        rhythm = next((each for each in Rhythm if str(each.value) == event.inputs.text("rhythm")), group.wishes.rhythm)
        said = frozenset(event.inputs.choices("topics")) & frozenset(turn.bot.items.topics)
        until = _pause(event.inputs.text("pause"), today, group.wishes.paused_until)
        chosen = replace(
            group.wishes,
            rhythm=rhythm,
            paused_until=until,
            left_out=frozenset(turn.bot.items.topics) - said,
            since=turn.now,
        )
        return turn.bot.schedule.going_on(group, chosen, turn.now)

    if not event.inputs.choices("topics") and event.inputs.text("rhythm") != str(Rhythm.NEVER.value):
        group = group_of(turn)
        if group is None:
            return _not_yours(turn, event)
        return ShowDialog(pages.settings(turn, group, said=turn.phrases("reminders.no_topic")))
    return _changed(
        turn, event, lambda group, change: _keep(group, wanted(group), change), turn.phrases("reminders.saved")
    )


def skip(turn: Turn, event: ButtonPressed) -> Reply:
    """Pass over the next reminder: at its moment comes the one after it."""

    def passed_over(group: RemindedGroup, transaction: Transaction) -> str:
        return _keep(group, replace(group.wishes, moved_on=group.wishes.moved_on + 1), transaction)

    return _changed(turn, event, passed_over, turn.phrases("reminders.skipped"))


def send_now(turn: Turn, event: ButtonPressed) -> Reply:
    """Send the next reminder now, outside lessons and once a day; its own moment then brings the one after it."""

    def sent(group: RemindedGroup, transaction: Transaction) -> str:
        slot = turn.bot.schedule.upcoming(group, turn.now)
        until = turn.bot.calendar.may_speak_until(turn.now, group.name)
        if slot is None or until is None:
            return NOT_NOW
        today = turn.bot.calendar.at(turn.bot.calendar.local(turn.now).date(), time())
        if transaction.reminders.any_since(group.space, today):
            return ONE_A_DAY
        reminder = Reminder(secrets.token_hex(16), group.space, turn.now, slot.item)
        transaction.reminders.add_once(reminder)
        address = to_group(group.space)
        transaction.deliveries.add(
            owe(Kind.REMINDER, address, reminder.id, Priority.REPLY, now=turn.now, expires_at=until)
        )
        _keep(group, group.wishes.passed_over(turn.now), transaction)
        return reminder.id

    return _changed(turn, event, sent, turn.phrases("reminders.sent"))


def _changed(turn: Turn, event: ButtonPressed, change: Callable[[RemindedGroup, Transaction], str], done: str) -> Reply:
    if group_of(turn) is None:
        return _not_yours(turn, event)

    def apply(transaction: Transaction) -> str:
        group = transaction.spaces.get(turn.group.space) if turn.group is not None else None
        if group is None or not may_speak(group):
            return NOT_NOW
        return change(reminded(group, transaction.wishes.chosen_of(group.space)), transaction)

    effect = turn.change(apply)
    turn.deliver_now(turn.bot.owed_about(effect))
    group = group_of(turn)
    if group is None:
        return _not_yours(turn, event)
    said = turn.phrases(key) if (key := effect) in {NOT_NOW, ONE_A_DAY} else done
    return ShowDialog(pages.settings(turn, group, said=said))


def _keep(group: RemindedGroup, wishes: Wishes, transaction: Transaction) -> str:
    transaction.wishes.save(group.space, wishes)
    return group.space


def _pause(given: str, today: date, kept: date | None) -> date | None:
    """The last day of a pause that the page offered; anything else is none."""
    offered = {day.isoformat(): day for day in (*pages.pauses(today), *([kept] if kept is not None else []))}
    return offered.get(given)


def _not_yours(turn: Turn, event: ButtonPressed) -> Reply:
    return answer_with(event, turn.phrases, turn.phrases("not_yours"))
