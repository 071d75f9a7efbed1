"""Practises a report: the same pages, where nothing is kept, sent or shown to anybody."""

from dataclasses import replace

from bot.google_chat.cards import Action, Button, Buttons, Card, Paragraph, Section
from bot.google_chat.replies import Reply, ShowDialog
from bot.reports import intake
from bot.reports.intake import Draft, Identity
from bot.reports.routing import candidates, route, row_above
from bot.reports.text import ReportText
from bot.school.people import Email
from handlers.conversations import report_pages
from handlers.events.model import ButtonPressed
from handlers.turn import Turn
from handlers.watching import reachable

PRACTICE = "oefenen"
"""What stands where a draft's random id would: the pages carry the subject in it, for nothing is kept in between."""


def is_practice(event: ButtonPressed) -> bool:
    """Whether a button stands on a page of a practice run."""
    return event.parameters.get("draft", "").partition(":")[0] == PRACTICE


def go_on(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that follows, by what the button would do in a real report."""
    _, _, topic = event.parameters.get("draft", "").partition(":")
    draft = _draft(turn, event.parameters.get("topic") or topic)
    if draft is None:
        return _shown(turn, report_pages.topics(turn, PRACTICE))
    match event.action:
        case "report.topic" | "report.back_to_tell":
            return _shown(turn, report_pages.tell(turn, _id(draft), draft))
        case "report.tell":
            return _after_telling(turn, event, draft)
        case "report.back_to_who":
            return _shown(turn, _who(turn, draft))
        case "report.who":
            return _after_who(turn, event, draft)
        case "report.send":
            return ShowDialog(_done(turn))
        case "report.stop":
            return ShowDialog(report_pages.stopped(turn))
        case _:
            return _shown(turn, report_pages.topics(turn, PRACTICE))


def _after_telling(turn: Turn, event: ButtonPressed, draft: Draft) -> Reply:
    inputs = event.inputs
    told = draft.told(
        story=inputs.text("story"),
        safe=inputs.text("safe"),
        by_staff=inputs.text("by_staff"),
        sexual=inputs.text("sexual"),
        goes_on=inputs.text("goes_on"),
        on_behalf=inputs.text("on_behalf"),
    )
    told = replace(told, topic=report_pages.further_topic(turn, told, inputs.choices("topic")))
    if not turn.bot.categories[told.topic].sendable:
        return _shown(turn, report_pages.door(turn, _id(told), turn.bot.categories[told.topic]))
    missing = told.missing(turn.bot.categories) - {"identity"}
    if missing:
        problem = turn.phrases("problem.story") if "story" in missing else turn.phrases("problem.questions")
        return _shown(turn, report_pages.tell(turn, _id(told), told, problem=problem))
    return _shown(turn, _who(turn, told))


def _after_who(turn: Turn, event: ButtonPressed, draft: Draft) -> Reply:
    identity = event.inputs.text("identity")
    if identity == report_pages.ADVICE_ONLY:
        return _shown(turn, report_pages.advice(turn, draft.category(turn.bot.categories)))
    if identity not in set(Identity):
        return _shown(turn, _who(turn, draft, problem=turn.phrases("problem.identity")))
    excluded = frozenset(candidates(turn.bot.school)) & {Email(choice) for choice in event.inputs.choices("about")}
    # What was typed is gone by now: the last page shows where it would stand.
    example = replace(
        draft,
        story=ReportText(turn.phrases("practice.story")),
        safe=intake.Reply.YES,
        by_staff=intake.Reply.NO,
        sexual=intake.Reply.NO,
        goes_on=intake.Reply.NO,
        excluded=excluded,
        identity=Identity(identity),
    )
    school, category = turn.bot.school, example.category(turn.bot.categories)
    kept_from = excluded | {turn.person.email}
    with turn.bot.store.read() as transaction:
        found = reachable(turn.bot, transaction)
    chosen = route(category, school, excluded=kept_from, reachable=found)
    if not chosen.recipients:
        return _shown(turn, report_pages.nobody_left(turn, _id(draft), example))
    later = row_above(category, school, chosen.recipients, excluded=kept_from, reachable=found)
    return _shown(turn, report_pages.review(turn, _id(draft), example, chosen, [], later))


def _who(turn: Turn, draft: Draft, *, problem: str = "") -> Card:
    possible = (turn.bot.school.people[email] for email in candidates(turn.bot.school))
    return report_pages.who(turn, _id(draft), draft, possible, [], problem=problem)


def _done(turn: Turn) -> Card:
    t = turn.phrases
    buttons = Buttons(
        Button(t("practice.real"), Action("report.topics", {"draft": ""})),
        Button(t("dialog.close"), Action("dialog.close")),
    )
    return Card(
        title=t("practice.done"),
        sections=(Section((Paragraph(t("practice.nothing_kept")), buttons)),),
        card_id="report",
    )


def _shown(turn: Turn, card: Card) -> Reply:
    banner = Section((Paragraph(turn.phrases("practice.banner")),))
    return ShowDialog(replace(card, sections=(banner, *card.sections)))


def _draft(turn: Turn, topic: str) -> Draft | None:
    known = turn.bot.categories.rows.get(topic)
    return Draft(topic=topic) if known is not None else None


def _id(draft: Draft) -> str:
    return f"{PRACTICE}:{draft.topic}"
