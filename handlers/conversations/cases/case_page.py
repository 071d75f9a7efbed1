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
from bot.protocol.quoting import written
from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.intake import STORY_AT_MOST, OnBehalf
from bot.reports.ports import CaseId, SealedCase, Urgency
from bot.reports.submitting import Story
from bot.school.people import Email
from handlers.conversations.cases.inbox import name_of
from handlers.turn import Turn

WITH_WORDS = {Step.NOTE, Step.TO_REPORTER, Step.FROM_REPORTER, Step.HELD}
WRITTEN = frozenset({Step.NOTE, Step.TO_REPORTER, Step.HELD})
"""What somebody writes on a page of its own."""

REASONS = tuple(reason for reason in Reason if reason is not Reason.WITHDRAWN)


def story_card(turn: Turn, case: SealedCase, known: Casefile, *, problem: str = "") -> Card:
    """The whole case."""
    t, story = turn.phrases, turn.bot.intake.tell(case)
    category = turn.bot.intake.category_of(story)
    care = t("case.care_staff_abuse") if category.sexual and category.by_staff else t("case.care")
    sections = [Section((Paragraph(problem),))] if problem else []
    sections += [
        Section((Fact(t("case.story"), story.text.words),)),
        Section(tuple(_facts(turn, known, story))),
        # Before the history, which grows: whoever is woken at night must find what to do without looking for it.
        Section((Paragraph(care), _next_steps(turn, case, known))),
        Section(tuple(_history(turn, case, known)), header=t("case.history")),
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


def _history(turn: Turn, case: SealedCase, known: Casefile) -> Iterator[Widget]:
    t, story = turn.phrases, turn.bot.intake.tell(case)
    if not known.entries:
        yield Paragraph(t("case.nothing_yet"))
    for entry in known.entries:
        who = _who(turn, entry, story)
        label = t("case.step", who=who, when=_when(turn, entry, story))
        if entry.step in WITH_WORDS:
            yield Fact(label, entry.text.words, below=t(f"case.kind.{entry.step}"))
        else:
            yield Fact(label, _said(turn, entry))


def _who(turn: Turn, entry: Entry, story: Story) -> str:
    if entry.step in casefile.BY_ITSELF:
        return turn.phrases("bot.name")
    return name_of(turn, entry.by) if entry.by else story.reporter or turn.phrases("case.reporter_sealed")


def _said(turn: Turn, entry: Entry) -> str:
    t = turn.phrases
    match entry.step:
        case Step.OFFERED if entry.to is not None:
            return t("case.did.offered", name=name_of(turn, entry.to))
        case Step.ALERTED if entry.to is not None:
            return t("case.did.alerted", name=name_of(turn, entry.to))
        case Step.BUNDLED:
            return t("case.did.bundled", codes=", ".join(_codes(turn, entry)))
        case Step.URGENCY:
            return t("case.did.urgency", urgency=t(f"urgency.{entry.detail}"))
        case Step.CLOSING | Step.CLOSED:
            return t(f"case.ended.{entry.step}", reason=t(f"reason.{entry.detail}"))
        case _:
            return t(f"case.did.{entry.step}")


def _codes(turn: Turn, entry: Entry) -> Iterator[str]:
    """What the other cases are called, as far as this person may see them."""
    with turn.bot.store.read() as transaction:
        for other in entry.detail.split():
            found = transaction.reports.granted_case(CaseId(other), turn.user)
            yield found[0].code if found is not None else turn.phrases("bundle.another")


def _when(turn: Turn, entry: Entry, story: Story) -> str:
    at = turn.bot.calendar.local(entry.at)
    day = written(at.date(), turn.phrases)
    # Of a sealed reporter only the day is known, also not from when the first of the readers was warned.
    of_reporter = not entry.by and (story.reporter is None or entry.step not in casefile.BY_ITSELF)
    return day if (at.hour, at.minute) == (0, 0) or of_reporter else f"{day}, {at:%H:%M}"


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
    if may_hold(turn):
        wanted = Button(t("case.ask.held"), _write(case, Step.HELD))
        buttons.append(Button(t("case.do.released"), _act(case, Step.RELEASED)) if known.is_held else wanted)
    buttons.append(Button(t("case.involved"), Action("cases.involved", {"case": case.id})))
    return Buttons(*buttons)


def _write(case: SealedCase, step: Step) -> Action:
    return Action("cases.write", {"case": case.id, "step": step})


def _act(case: SealedCase, step: Step) -> Action:
    return Action("cases.act", {"case": case.id, "step": step})
