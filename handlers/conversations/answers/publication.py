"""`/magdit`: may I post this? A few questions, then what the articles say; nothing of it is kept.

Where somebody is travels in the buttons, as the ids of steps only.
"""

from collections.abc import Sequence

from bot.google_chat.cards import Action, Button, Buttons, Card, Message, Paragraph, Rich, Section, Widget, bold
from bot.google_chat.replies import CloseDialog, Nothing, Replace, Reply, ShowDialog
from bot.protocol import publication
from bot.protocol.publication import Question, Verdict
from bot.school.articles import ArticleCode
from handlers.conversations.answers.answer_card import look_for, title_of, verbatim, worded
from handlers.conversations.answers.asking import share_subject
from handlers.conversations.answers.hearing import answers_are_on
from handlers.events.model import ButtonPressed, DialogPhase
from handlers.turn import Turn


def start(turn: Turn, phase: DialogPhase) -> Reply:
    """The first question, as a dialog where one can open and else as a card."""
    message = _not_available(turn) or _step(turn, (_start_of(turn),))
    if phase is DialogPhase.NONE:
        return turn.privately(message)
    return ShowDialog(_page_of(message))


def begin_again(turn: Turn, event: ButtonPressed) -> Reply:
    """The first question, from a button: "Opnieuw", or the way in from an answer."""
    if not event.in_dialog and event.parameters.get("again") is None:
        return start(turn, event.phase)
    return _shown(event, _not_available(turn) or _step(turn, (_start_of(turn),)))


def go_on(turn: Turn, event: ButtonPressed) -> Reply:
    """The step or verdict that a button leads to."""
    trail = _trail(turn, event)
    return _shown(event, _not_available(turn) or _step(turn, trail))


def stop(turn: Turn, event: ButtonPressed) -> Reply:
    """The end; there is nothing to erase."""
    text = turn.phrases("publication.stopped")
    return CloseDialog(text) if event.in_dialog else Replace(Message(text=text))


def share(turn: Turn, event: ButtonPressed) -> Reply:
    """The verdict with its article as a new message in the group; not the answers that led to it."""
    trail = _trail(turn, event)
    verdict = publication.node(trail[-1])
    if not isinstance(verdict, Verdict) or turn.in_direct_message or turn.event.space is None:
        return Nothing()
    if (unavailable := _not_available(turn)) is not None:
        return _shown(event, unavailable)
    share_subject(turn, f"{verdict.id}:{verdict.articles[0]}")
    return _shown(event, _verdict(turn, verdict, trail, note=turn.phrases("publication.shared")))


def _not_available(turn: Turn) -> Message | None:
    if not answers_are_on(turn):
        return Message(text=turn.phrases("ask.off"))
    if not publication.is_available(turn.bot.quotations.is_reviewed):
        return Message(text=turn.phrases("publication.not_available"))
    return None


def _start_of(turn: Turn) -> str:
    return publication.start_for(turn.person.main_role, is_staff=turn.person.is_staff)


def _trail(turn: Turn, event: ButtonPressed) -> tuple[str, ...]:
    """The steps so far, the last one the present; what no path of this person has begins anew."""
    steps = tuple(event.parameters.get("trail", "").split(","))
    first = _start_of(turn)
    return steps if publication.is_path(first, steps) else (first,)


def _step(turn: Turn, trail: Sequence[str]) -> Message:
    here = publication.node(trail[-1])
    if isinstance(here, Verdict):
        return _verdict(turn, here, trail)
    if here is None:
        raise LookupError("a path of this tree ends in no node")
    return _question(turn, here, trail)


def _question(turn: Turn, question: Question, trail: Sequence[str]) -> Message:
    t = turn.phrases
    asked = t(f"publication.question.{question.id}")
    choices = tuple(
        Buttons(Button(t(f"publication.answer.{answer}"), _to((*trail, following))))
        for answer, following in question.answers.items()
    )
    number = t("publication.step", number=len(trail))
    sections = (Section((Paragraph(Rich(bold(asked))), *choices), header=number), Section((_ways_out(turn, trail),)))
    card = Card(title=t("publication.title"), subtitle=t("bot.is_program"), sections=sections, card_id="magdit")
    return Message(text=t("publication.text"), cards=(card,))


def _verdict(turn: Turn, verdict: Verdict, trail: Sequence[str], *, note: str = "") -> Message:
    t = turn.phrases
    said = t(f"publication.sense.{verdict.sense.value}", code=verdict.articles[0])
    because: tuple[Widget, ...] = (Paragraph(Rich(bold(said))), Paragraph(t(f"publication.verdict.{verdict.id}")))
    sections = [Section((Paragraph(note),))] if note else []
    sections.append(Section(because))
    for code in verdict.articles:
        sections += _article(turn, code)
    sections.append(Section((_ways_on(turn, trail), Paragraph(t("publication.not_kept")))))
    card = Card(title=t("publication.title"), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="magdit")
    return Message(
        text=t("publication.said", said=said, citation=turn.bot.quotations.cite(verdict.articles[0], t)), cards=(card,)
    )


def _article(turn: Turn, code: ArticleCode) -> tuple[Section, ...]:
    t = turn.phrases
    quote, reviewed = verbatim(turn, code, look_for(turn)), turn.bot.quotations.reviewed(code)
    # Every verdict's articles are reviewed: without one of them there is no /magdit at all.
    words = (Paragraph(worded(reviewed.plain, t)),) if reviewed is not None else ()
    return (
        Section(
            (*words, *quote.widgets),
            header=title_of(turn, code, t),
            collapsible=True,
            shown=len(words),
        ),
    )


def _ways_on(turn: Turn, trail: Sequence[str]) -> Buttons:
    t = turn.phrases
    buttons = [
        Button(t("publication.again"), Action("publication.start", {"again": "1"})),
        Button(t("dialog.back"), _to(trail[:-1])),
    ]
    if not turn.in_direct_message and turn.event.space is not None:
        shared = Action("publication.share", {"trail": ",".join(trail)})
        buttons.append(Button(t("answer.share"), shared, alt=t("publication.share_alt")))
    buttons.append(_stop(turn))
    return Buttons(*buttons)


def _ways_out(turn: Turn, trail: Sequence[str]) -> Buttons:
    back = [Button(turn.phrases("dialog.back"), _to(trail[:-1]))] if len(trail) > 1 else []
    return Buttons(*back, _stop(turn))


def _stop(turn: Turn) -> Button:
    return Button(turn.phrases("publication.stop"), Action("publication.stop"))


def _to(trail: Sequence[str]) -> Action:
    return Action("publication.go", {"trail": ",".join(trail)})


def _page_of(message: Message) -> Card:
    if message.cards:
        return message.cards[0]
    return Card(title=message.text, sections=(Section((Paragraph(message.text),)),), card_id="sentence")


def _shown(event: ButtonPressed, message: Message) -> Reply:
    return ShowDialog(_page_of(message)) if event.in_dialog else Replace(message)
