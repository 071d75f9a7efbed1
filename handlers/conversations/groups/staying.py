"""A teacher says whether a group goes on after the school year; rights are checked again at every press."""

import structlog

from bot.google_chat.cards import Widget
from bot.google_chat.notices import stays_or_stops
from bot.google_chat.replies import Reply
from bot.groups.expiring import is_over, stays
from bot.groups.joining import overturn
from bot.groups.ports import Group, GroupState
from bot.groups.sanction import may_speak
from bot.protocol.quoting import written
from bot.school.people import Role
from bot.storage.transactions import Transaction
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

log = structlog.get_logger(__name__)


def question(turn: Turn) -> tuple[Widget, ...]:
    """The question for `/groepsregels`, while it is open and for whoever may answer it."""
    group = turn.group
    if group is None or group.asked_on is None or group.expires_on is None or not may_speak(group):
        return ()
    return stays_or_stops(turn.phrases, group.ref, group.expires_on) if turn.person.is_staff else ()


def stay(turn: Turn, event: ButtonPressed) -> Reply:
    """The group goes on for another school year."""
    return _answer(turn, event, goes_on=True)


def stop(turn: Turn, event: ButtonPressed) -> Reply:
    """The bot falls silent there; an admin can undo it."""
    return _answer(turn, event, goes_on=False)


def _answer(turn: Turn, event: ButtonPressed, *, goes_on: bool) -> Reply:
    ref = event.parameters.get("group", "")

    def apply(transaction: Transaction) -> str:
        group = transaction.spaces.by_ref(ref)
        if group is None or not _is_theirs(turn, group, transaction):
            return "not_yours"
        today = turn.bot.calendar.local(turn.now).date()
        if group.asked_on is None or is_over(group, today) or not may_speak(group):
            return "answered"
        if goes_on:
            transaction.spaces.save(stays(group, turn.bot.calendar, turn.now))
        else:
            _stop(turn, group, transaction)
        log.info("group.stays" if goes_on else "group.stops", group=ref, by=turn.user)
        return "stays" if goes_on else "stops"

    effect = turn.change(apply)
    if effect == "not_yours":
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    turn.deliver_now(turn.bot.owed_about(ref))
    return answer_with(event, turn.phrases, _said(turn, ref, effect))


def _stop(turn: Turn, group: Group, transaction: Transaction) -> None:
    result = overturn(group.ref, GroupState.WITHDRAWN, transaction.spaces, by=turn.user, now=turn.now)
    if result is not None and result[1] is not None:
        transaction.deliveries.add(result[1])
    transaction.memberships.forget(group.space)


def _said(turn: Turn, ref: str, effect: str) -> str:
    t = turn.phrases
    with turn.bot.store.read() as transaction:
        group = transaction.spaces.by_ref(ref)
    if effect == "stays" and group is not None and group.expires_on is not None:
        return t("stays.is_yes", day=written(group.expires_on, t))
    return t("stays.is_no") if effect == "stops" else t("stays.is_answered")


def _is_theirs(turn: Turn, group: Group, transaction: Transaction) -> bool:
    if turn.person.is_any(Role.ADMIN):
        return True
    theirs = group.added_by == turn.user or transaction.memberships.is_in(group.space, turn.user)
    return turn.person.is_staff and (theirs or (turn.group is not None and turn.group.space == group.space))
