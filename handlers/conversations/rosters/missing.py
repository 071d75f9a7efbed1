"""`/wieontbreekt`: who of the class is not in this group, so that a teacher tells them another way (article W1)."""

import hashlib
from collections.abc import Sequence

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Section, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply
from bot.groups.rosters.missing import Missing, may_ask, mentors_of, missing_of
from bot.groups.rosters.naming import ClassNames
from bot.groups.rosters.ports import MembersUnknown, Pupil
from bot.groups.rosters.reading import class_key
from bot.school.articles import ArticleCode
from bot.school.spaces import SpaceName
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed, CommandGiven
from handlers.turn import Turn

TELL_OTHERWISE = ArticleCode("W1")
"""Whoever cannot be in the group is told by mail, post or in another way."""

SHOWN_AT_MOST = 100
"""More names than a class has; a list of the whole school would not fit into a message."""


def start(turn: Turn, event: CommandGiven) -> Reply:
    """The answer for the class that the group's name names; with several, or with none, what to do."""
    if not turn.person.is_staff:
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    if turn.group is None:
        return answer_with(event, turn.phrases, turn.phrases("missing.in_the_group"))
    found = _classes(turn)
    typed = class_key(event.text)
    if typed in found:
        found = [typed]
    if len(found) > 1:
        return turn.privately(_ask_which(turn, found))
    return _answer(turn, turn.group.space, found[0]) if found else turn.privately(_no_class(turn))


def choose(turn: Turn, event: ButtonPressed) -> Reply:
    """The answer for the class that was chosen, if the group's name still names it; rights are looked at again."""
    if not turn.person.is_staff or turn.group is None:
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    chosen = [name for name in _classes(turn) if _ref(name) == event.parameters.get("class")]
    if not chosen:
        return answer_with(event, turn.phrases, turn.phrases("button.old"))
    return _answer(turn, turn.group.space, chosen[0])


def _classes(turn: Turn) -> Sequence[str]:
    with turn.bot.store.read() as transaction:
        known = transaction.rosters.names()
    # The event has the name of today; a renamed group is known by its old one until it is looked up again.
    named = turn.event.space.display_name if turn.event.space is not None else ""
    return ClassNames.of(known).in_name(named or (turn.group.display_name if turn.group is not None else ""))


def _answer(turn: Turn, space: SpaceName, class_name: str) -> Reply:
    t = turn.phrases
    if not may_ask(turn.person, mentors_of(class_name, turn.bot.school.people.values())):
        return answer_with(turn.event, t, t("not_yours"))
    with turn.bot.store.read() as transaction:
        pupils = transaction.rosters.of(class_name)
    try:
        membership = turn.bot.members.of(space)
    except MembersUnknown:
        return answer_with(turn.event, t, t("missing.not_now"))
    return turn.privately(_told(turn, class_name, missing_of(pupils, membership)))


def _told(turn: Turn, class_name: str, missing: Missing) -> Message:
    t, quotations = turn.phrases, turn.bot.quotations
    sections = [Section((Paragraph(_opening(turn, missing)), *_names(turn, missing.pupils), *_doubts(turn, missing)))]
    if missing.pupils:
        # Written for copying: in the language of the school, whatever language the teacher reads.
        ready = turn.bot.wording.dutch("missing.ready", name=class_name)
        addresses = ", ".join(pupil.email for pupil in missing.pupils[:SHOWN_AT_MOST])
        sections.append(Section((Paragraph(ready), Fact(t("missing.addresses"), addresses)), header=t("missing.send")))
    if quotations.has(TELL_OTHERWISE):
        sections.append(Section((quoted(t, quotations, TELL_OTHERWISE),)))
    card = Card(
        title=t("missing.title", name=class_name),
        subtitle=t("missing.only_you"),
        sections=tuple(sections),
        card_id="missing",
    )
    return Message(text=t("missing.text"), cards=(card,))


def _opening(turn: Turn, missing: Missing) -> str:
    t = turn.phrases
    if not missing.pupils:
        return t("missing.nobody")
    if len(missing.pupils) == 1:
        return t("missing.one")
    return t("missing.several", number=len(missing.pupils))


def _names(turn: Turn, pupils: Sequence[Pupil]) -> tuple[Widget, ...]:
    if not pupils:
        return ()
    lines = [pupil.shown for pupil in pupils[:SHOWN_AT_MOST]]
    if len(pupils) > SHOWN_AT_MOST:
        lines.append(turn.phrases("missing.more", number=len(pupils) - SHOWN_AT_MOST))
    return (Paragraph("\n".join(lines)),)


def _doubts(turn: Turn, missing: Missing) -> tuple[Widget, ...]:
    if not missing.pupils:
        return ()
    said = []
    if missing.unplaced:
        several = turn.phrases("missing.unplaced", number=missing.unplaced)
        said.append(turn.phrases("missing.one_unplaced") if missing.unplaced == 1 else several)
    if not missing.complete:
        said.append(turn.phrases("missing.incomplete"))
    return tuple(Paragraph(sentence) for sentence in said)


def _ask_which(turn: Turn, found: Sequence[str]) -> Message:
    t = turn.phrases
    buttons = [Button(name, Action("missing.choose", {"class": _ref(name)})) for name in found]
    section = Section((Paragraph(t("missing.which")), Buttons(*buttons), Paragraph(t("missing.which_typed"))))
    card = Card(title=t("missing.which_title"), subtitle=t("missing.only_you"), sections=(section,), card_id="missing")
    return Message(text=t("missing.which"), cards=(card,))


def _no_class(turn: Turn) -> Message:
    with turn.bot.store.read() as transaction:
        any_list = bool(transaction.rosters.names())
    key = "missing.no_class" if any_list else "missing.no_lists"
    return Message(text=turn.phrases(key))


def _ref(class_name: str) -> str:
    # A button carries ids only; this one stays the same when the lists are read anew.
    return hashlib.sha256(class_name.encode()).hexdigest()[:16]
