"""Finds out who acts and in which group, from the school's own data; what somebody types counts for nothing."""

from dataclasses import replace
from datetime import datetime

from bot.groups.ports import Group
from bot.groups.sanction import may_speak
from bot.school.bindings import Binding
from bot.school.people import Email, Person, Role, unknown_person
from bot.storage.bindings import BoundElsewhere
from bot.wiring import Bot
from handlers.events.model import Actor, BotAdded, BotRemoved, ButtonPressed, DialogCancelled, Event
from handlers.once import Once
from handlers.turn import Turn

NOBODY = Email("")
"""The address of somebody whose own address gives no rights: no list of the school holds it."""


def make_turn(bot: Bot, once: Once, event: Event) -> Turn:
    """The event with its person, group, language and the moment."""
    now = bot.clock.now()
    bot = bot.at(now)
    with bot.store.read() as transaction:
        bound = transaction.people.of_user(event.actor.user)
        elsewhere = (
            bound is None
            and event.actor.email is not None
            and (transaction.people.of_email(event.actor.email) is not None)
        )
        group = None
        if event.space is not None and not event.space.is_direct:
            group = transaction.spaces.get(event.space.name)
    person = _person(bot, event.actor, bound, bound_elsewhere=elsewhere)
    # Of a group that is not sanctioned nothing is kept, also not who spoke there.
    place_counts = event.space is None or event.space.is_direct or may_speak(group) or isinstance(event, BotAdded)
    if not elsewhere and event.actor.human and place_counts:
        _bind(bot, event, person, bound, now)
    return Turn(
        bot=bot,
        once=once,
        event=event,
        person=person,
        group=_in_this_dialect(bot, event, group),
        phrases=bot.wording.for_locale(event.locale),
        now=now,
    )


def _person(bot: Bot, actor: Actor, bound: Binding | None, *, bound_elsewhere: bool) -> Person:
    if bound is not None:
        return bot.school.person(bound.email, actor.display_name)
    # An address that belongs to another Chat id already gives no rights: it may have been handed to somebody new.
    if bound_elsewhere or actor.email is None:
        return unknown_person(NOBODY, actor.display_name)
    return bot.school.person(actor.email, actor.display_name)


def _bind(bot: Bot, event: Event, person: Person, bound: Binding | None, now: datetime) -> None:
    """Remember the address of this Chat id, and the direct message; only for people of the school."""
    if Role.UNKNOWN in person.roles or isinstance(event, BotRemoved) or (bound is None and _leaves(event)):
        return
    # The day is enough: the exact time of somebody's first contact could be that of a report.
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = bound or Binding(email=person.email, user=event.actor.user, bound_at=day)
    if event.space is not None and event.space.is_direct:
        wanted = replace(wanted, direct_message=event.space.name, dialect=event.dialect)
    if wanted == bound:
        return
    try:
        with bot.store.write() as transaction:
            transaction.people.save(wanted)
    except BoundElsewhere:
        # Two first events at once: whoever was first is bound, and this one has no more rights than its address gives.
        return


def _leaves(event: Event) -> bool:
    """Whether somebody only erases their data, or closes the page that says so: that must not bring them back."""
    return isinstance(event, DialogCancelled) or (
        isinstance(event, ButtonPressed) and event.action in {"privacy.erase", "dialog.close"}
    )


def _in_this_dialect(bot: Bot, event: Event, group: Group | None) -> Group | None:
    """The group, with the dialect that it speaks now: an app that was made an add-on must not send classic buttons."""
    if group is None or group.dialect is event.dialect:
        return group
    with bot.store.write() as transaction:
        # Read again: an admin may have decided about it since, and that must not be undone.
        current = transaction.spaces.get(group.space)
        if current is None:
            return None
        moved = replace(current, dialect=event.dialect)
        transaction.spaces.save(moved)
    return moved
