"""A case that was opened: the story, what was done, and what this person can do next."""

from collections.abc import Iterator, Sequence

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Choice,
    ChoiceKind,
    Fact,
    Option,
    Paragraph,
    Section,
    TextField,
    Widget,
)
from bot.google_chat.notices import quoted
from bot.reports.casefile import Casefile, Reason, Step
from bot.reports.intake import STORY_AT_MOST, OnBehalf
from bot.reports.ports import SealedCase, Urgency
from bot.reports.submitting import Story
from bot.school.people import Email
from handlers.conversations.cases.checklist import minutes_section
from handlers.conversations.cases.history import latest
from handlers.turn import Turn

WRITTEN = frozenset({Step.NOTE, Step.TO_REPORTER, Step.HELD})
"""What somebody writes on a page of its own."""

REASONS = tuple(reason for reason in Reason if reason is not Reason.WITHDRAWN)


def story_card(
    turn: Turn, case: SealedCase, known: Casefile, *, problem: str = "", first_minutes: bool = False
) -> Card:
    """The whole case; for whoever just took it on, what to do now stands first."""
    t, story = turn.phrases, turn.bot.intake.tell(case)
    category = turn.bot.intake.category_of(story)
    care = t("case.care_staff_abuse") if category.sexual and category.by_staff else t("case.care")
    sections = [Section((Paragraph(problem),))] if problem else []
    sections += [minutes_section(turn, case)] if first_minutes else []
    sections += [
        Section((Fact(t("case.story"), story.text.words),)),
        Section(tuple(_facts(turn, known, story))),
        # Before the history, which grows: whoever is woken at night must find what to do without looking for it.
        Section((Paragraph(care), _next_steps(turn, case, known))),
        Section(latest(turn, case, known), header=t("case.history")),
    ]
    articles = tuple(
        quoted(t, turn.bot.quotations, code) for code in category.articles if turn.bot.quotations.is_reviewed(code)
    )
    if articles:
        sections.append(Section(articles, header=t("case.articles"), collapsible=True))
    sections.append(Section((Buttons(Button(t("cases.back"), Action("cases.list"))),)))
    return Card(
        title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=tuple(sections), card_id="case"
    )


def may_hold(turn: Turn) -> bool:
    """Whether this person may decide that a case is kept past its term."""
    return turn.person.email in turn.bot.school.board


def words_card(turn: Turn, case: SealedCase, step: Step, *, words: str = "", problem: str = "") -> Card:
    """The page to write a note or a message to the reporter on."""
    t = turn.phrases
    field = TextField("words", t(f"case.words.{step}"), value=words, many_lines=True, limit=STORY_AT_MOST)
    shown: list[Widget] = [Paragraph(problem)] if problem else []
    shown += [Paragraph(t(f"case.care.{step}")), field]
    return _form(turn, case, shown, Button(t(f"case.do.{step}"), _act(case, step), filled=True))


def closing_card(turn: Turn, case: SealedCase, known: Casefile) -> Card:
    """The page that asks why a case is over; of an urgent one that a second person must agree."""
    t = turn.phrases
    options = tuple(Option(reason.value, t(f"reason.{reason}")) for reason in REASONS)
    shown: list[Widget] = [Paragraph(t("case.two_people"))] if known.needs_second else []
    shown.append(Choice("reason", t("case.why_closed"), ChoiceKind.RADIO_BUTTON, options))
    return _form(turn, case, shown, Button(t("case.do.closed"), _act(case, Step.CLOSED), filled=True))


def offering_card(turn: Turn, case: SealedCase, people: Sequence[Email]) -> Card:
    """The page to hand a case over on: whoever may receive it."""
    t = turn.phrases
    if not people:
        return _form(turn, case, [Paragraph(t("case.nobody_to_offer"))], None)
    options = tuple(Option(email, turn.bot.school.person(email).name) for email in people)
    shown: list[Widget] = [
        Paragraph(t("case.care.offered")),
        Choice("to", t("case.offer_to"), ChoiceKind.RADIO_BUTTON, options),
    ]
    return _form(turn, case, shown, Button(t("case.do.offered"), _act(case, Step.OFFERED), filled=True))


def urgency_card(turn: Turn, case: SealedCase) -> Card:
    """The page to say how urgent it is after all."""
    t = turn.phrases
    options = tuple(Option(urgency.value, t(f"urgency.{urgency}")) for urgency in Urgency)
    shown: list[Widget] = [Choice("urgency", t("case.how_urgent"), ChoiceKind.RADIO_BUTTON, options)]
    return _form(turn, case, shown, Button(t("case.do.urgency"), _act(case, Step.URGENCY), filled=True))


def involved_card(turn: Turn, case: SealedCase) -> Card:
    """Asks once more, because there is no way back."""
    t = turn.phrases
    return _form(
        turn,
        case,
        [Paragraph(t("case.involved_sure"))],
        Button(t("case.do.recused"), _act(case, Step.RECUSED), filled=True),
    )


def _form(turn: Turn, case: SealedCase, shown: Sequence[Widget], button: Button | None) -> Card:
    t = turn.phrases
    back = Button(t("dialog.back"), Action("cases.look", {"case": case.id}))
    buttons = Buttons(*([button] if button else []), back)
    sections = (Section(tuple(shown)), Section((buttons,)))
    return Card(title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=sections, card_id="case")


def _facts(turn: Turn, known: Casefile, story: Story) -> Iterator[Widget]:
    t = turn.phrases
    yield Fact(t("case.about"), t(f"topic.{story.topic}"))
    yield Fact(t("case.urgency"), t(f"urgency.{known.urgency}"))
    if story.on_behalf != OnBehalf.SELF:
        yield Fact(t("report.for_whom"), t(f"for_whom.{story.on_behalf}"))
    yield Fact(t("case.safe"), t(f"reply.{story.safe}"))
    yield Fact(t("case.reporter"), story.reporter or t("case.sealed"))
    if story.goes_on:
        yield Fact(t("report.goes_on"), t(f"reply.{story.goes_on}"))
    for question, reply in (("personeel", story.by_staff), ("seksueel", story.sexual)):
        if reply:
            yield Fact(t(f"report.question.{question}"), t(f"reply.{reply}"))


def _next_steps(turn: Turn, case: SealedCase, known: Casefile) -> Buttons:
    t, me = turn.phrases, turn.user
    buttons: list[Button] = []
    if not known.is_closed:
        if known.handler is None:
            buttons.append(Button(t("case.do.taken"), _act(case, Step.TAKEN), filled=True))
        if known.offered_to == me:
            buttons.append(Button(t("case.do.accepted"), _act(case, Step.ACCEPTED), filled=True))
        if known.closing is not None and known.closing.by != me:
            buttons.append(Button(t("case.do.confirmed"), Action("cases.confirm", {"case": case.id}), filled=True))
        if known.handler == me:
            buttons.append(Button(t("case.ask.to_reporter"), _write(case, Step.TO_REPORTER)))
            buttons.append(Button(t("case.ask.offered"), Action("cases.offer", {"case": case.id})))
            buttons.append(Button(t("case.ask.urgency"), Action("cases.urgency", {"case": case.id})))
            buttons.append(Button(t("bundle.ask"), Action("cases.bundle", {"case": case.id})))
            buttons.append(Button(t("case.ask.closed"), Action("cases.close", {"case": case.id})))
        buttons.append(Button(t("case.ask.note"), _write(case, Step.NOTE)))
    buttons.append(Button(t("steps.ask"), Action("cases.steps", {"case": case.id})))
    buttons.append(Button(t("minutes.title"), Action("cases.minutes", {"case": case.id})))
    if known.handler == me:
        buttons.append(Button(t("export.ask"), Action("cases.export", {"case": case.id})))
    if may_hold(turn):
        wanted = Button(t("case.ask.held"), _write(case, Step.HELD))
        buttons.append(Button(t("case.do.released"), _act(case, Step.RELEASED)) if known.is_held else wanted)
    buttons.append(Button(t("case.involved"), Action("cases.involved", {"case": case.id})))
    return Buttons(*buttons)


def _write(case: SealedCase, step: Step) -> Action:
    return Action("cases.write", {"case": case.id, "step": step})


def _act(case: SealedCase, step: Step) -> Action:
    return Action("cases.act", {"case": case.id, "step": step})
