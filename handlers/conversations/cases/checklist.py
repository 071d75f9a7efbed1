"""The steps that protocol and law ask, in a case: what each is based on, how far it is, and what to do right now."""

from collections.abc import Iterator

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, TextField, Widget
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply, ShowDialog
from bot.protocol.quoting import written
from bot.reports import casefile
from bot.reports.casefile import Casefile, Entry, NotAllowed, Refusal, Step
from bot.reports.checklist.deadlines import Deadline, Unit
from bot.reports.checklist.states import Mark, State, state_of
from bot.reports.checklist.table import Row
from bot.reports.ports import CaseId, SealedCase
from bot.reports.text import ReportText
from handlers.conversations.cases.inbox import granted, inbox_card, name_of
from handlers.conversations.helping import helpline
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

REASON_AT_MOST = 300
"""Also when no step is needed, all reasons fit on the page with all steps (`bot.google_chat.cards.BYTES_AT_MOST`)."""


def ask(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Stappen volgens het protocol": all rows with how far each is."""
    found = _found(turn, event)
    return _nothing(turn, event) if found is None else ShowDialog(page(turn, *found))


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """One row, to say that it was done or is not needed."""
    found = _found(turn, event)
    if found is None:
        return _nothing(turn, event)
    return ShowDialog(after(turn, event, *found, problem="", stay=True))


def first_minutes(turn: Turn, event: ButtonPressed) -> Reply:
    """Answers "Eerste tien minuten"."""
    found = _found(turn, event)
    if found is None:
        return _nothing(turn, event)
    case = found[0]
    sections = (minutes_section(turn, case), Section((Buttons(_back(turn, case, "cases.read")),)))
    return ShowDialog(_card(turn, case, sections))


def minutes_section(turn: Turn, case: SealedCase) -> Section:
    """What to do now, with the numbers."""
    story = turn.bot.intake.tell(case)
    told = turn.bot.checklist.first_minutes(turn.bot.intake.category_of(story))
    lines = tuple(Paragraph(f"{place}. {line}") for place, line in enumerate(told.lines, start=1))
    numbers = tuple(helpline(line, turn.phrases) for line in turn.bot.helplines.pick(told.help))
    return Section((*lines, *numbers), header=turn.phrases("minutes.title"))


def entry_of(turn: Turn, event: ButtonPressed, known: Casefile, case: SealedCase) -> Entry | None:
    """The entry for a press on a row; None when it says nothing new. Raises NotAllowed."""
    row, me, now = _row(turn, event, case), turn.user, turn.now
    if row is None:
        raise NotAllowed(Refusal.EMPTY)
    match event.parameters.get("step"):
        case Step.CHECKED:
            return casefile.check(known, me, now, row.key, row.title)
        case Step.UNCHECKED:
            return casefile.uncheck(known, me, now, row.key, row.title)
        case _:
            return casefile.not_needed(known, me, now, row.key, row.title, ReportText(event.inputs.text("why")))


def too_long(event: ButtonPressed) -> bool:
    """Whether the reason is longer than the page allows, which only the client checks."""
    return len(event.inputs.text("why")) > REASON_AT_MOST


def after(
    turn: Turn, event: ButtonPressed, case: SealedCase, known: Casefile, *, problem: str, stay: bool = False
) -> Card:
    """All rows after one was ticked; the row itself when something is wrong with what was said about it."""
    row = _row(turn, event, case)
    if row is None or not (problem or stay):
        return page(turn, case, known, problem=problem)
    return _row_card(turn, case, known, row, problem=problem, why=event.inputs.text("why"))


def page(turn: Turn, case: SealedCase, known: Casefile, *, problem: str = "") -> Card:
    """All rows of this case."""
    t, story = turn.phrases, turn.bot.intake.tell(case)
    rows = turn.bot.checklist.of(turn.bot.intake.category_of(story), story.by_staff)
    states = [state_of(known, row.key) for row in rows]
    undone = sum(state.mark is Mark.OPEN for state in states)
    first = Paragraph(t("steps.explain", open=undone, all=len(rows)))
    sections = [Section((Paragraph(problem), first) if problem else (first,))]
    for row, state in zip(rows, states, strict=True):
        button = Button(t("steps.look"), _to_row(case, row), alt=t("steps.look_alt", step=row.title))
        shown = Fact(_said(turn, state), row.title, below=_due(turn, case, row), button=button)
        if state.mark is Mark.NOT_NEEDED:
            sections.append(Section((shown, _reason(turn, row, state))))
        else:
            sections.append(Section((shown, *_why(turn, row)), collapsible=True, shown=1))
    sections.append(Section((Buttons(_back(turn, case, "cases.read")),)))
    return _card(turn, case, tuple(sections))


def _row_card(turn: Turn, case: SealedCase, known: Casefile, row: Row, *, problem: str, why: str) -> Card:
    t, state = turn.phrases, state_of(known, row.key)
    shown: list[Widget] = [Paragraph(problem)] if problem else []
    shown.append(Fact(_said(turn, state), row.title, below=_due(turn, case, row)))
    shown += [_reason(turn, row, state)] if state.mark is Mark.NOT_NEEDED else []
    shown += _why(turn, row)
    sections = [Section(tuple(shown))]
    if not known.is_closed:
        if state.mark is not Mark.DONE:
            done = Button(t("steps.do.checked"), _act(case, row, Step.CHECKED), filled=True)
            sections.append(Section((Buttons(done),)))
        if state.mark is not Mark.NOT_NEEDED:
            field = TextField("why", t("steps.reason"), t("steps.hint"), why, many_lines=True, limit=REASON_AT_MOST)
            skip = Button(t("steps.do.not_needed"), _act(case, row, Step.NOT_NEEDED))
            sections.append(Section((field, Buttons(skip))))
        if state.mark is not Mark.OPEN:
            again = Button(t("steps.do.unchecked"), _act(case, row, Step.UNCHECKED))
            sections.append(Section((Buttons(again),)))
    sections.append(Section((Buttons(_back(turn, case, "cases.steps")),)))
    return _card(turn, case, tuple(sections))


def _reason(turn: Turn, row: Row, state: State) -> Fact:
    return Fact(turn.phrases("steps.reason_given"), state.reason(row))


def _why(turn: Turn, row: Row) -> Iterator[Widget]:
    """What is asked and by what: the article letter for letter, the law by name."""
    t, quotations = turn.phrases, turn.bot.quotations
    yield Paragraph(row.explanation)
    if row.source:
        yield Fact(t("steps.source"), row.source)
    if row.article is not None and quotations.is_reviewed(row.article):
        yield quoted(t, quotations, row.article)
    elif row.article is not None:
        # Another version may say something else under this code: then no text of it stands beside our step.
        yield Paragraph(t("steps.other_text", code=row.article))


def _said(turn: Turn, state: State) -> str:
    t = turn.phrases
    if state.entry is None or state.entry.by is None or state.mark is Mark.OPEN:
        return t("steps.open")
    at = turn.bot.calendar.local(state.entry.at)
    name, when = name_of(turn, state.entry.by), f"{written(at.date(), t)}, {at:%H:%M}"
    return (
        t("steps.done", name=name, when=when) if state.mark is Mark.DONE else t("steps.skipped", name=name, when=when)
    )


def _due(turn: Turn, case: SealedCase, row: Row) -> str:
    t, deadline = turn.phrases, row.deadline
    if deadline is None:
        return ""
    return t("steps.due", within=_within(turn, case, deadline), said_by=t(f"steps.said_by.{deadline.said_by}"))


def _within(turn: Turn, case: SealedCase, deadline: Deadline) -> str:
    t = turn.phrases
    if deadline.unit is Unit.NOW:
        return t("steps.at_once")
    return t("steps.until", day=written(deadline.day(case.received_at, turn.bot.calendar), t))


def _row(turn: Turn, event: ButtonPressed, case: SealedCase) -> Row | None:
    """The row that was pressed, if it is one of this case."""
    story = turn.bot.intake.tell(case)
    rows = turn.bot.checklist.of(turn.bot.intake.category_of(story), story.by_staff)
    return next((row for row in rows if row.key == event.parameters.get("row")), None)


def _found(turn: Turn, event: ButtonPressed) -> tuple[SealedCase, Casefile] | None:
    if not turn.bot.is_recipient(turn.person):
        return None
    found = granted(turn, CaseId(event.parameters.get("case", "")))
    return None if found is None else (found[0], found[2])


def _nothing(turn: Turn, event: ButtonPressed) -> Reply:
    if not turn.bot.is_recipient(turn.person):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    return ShowDialog(inbox_card(turn))


def _to_row(case: SealedCase, row: Row) -> Action:
    return Action("cases.step", {"case": case.id, "row": row.key})


def _act(case: SealedCase, row: Row, step: Step) -> Action:
    return Action("cases.act", {"case": case.id, "row": row.key, "step": step})


def _back(turn: Turn, case: SealedCase, name: str) -> Button:
    return Button(turn.phrases("dialog.back"), Action(name, {"case": case.id}))


def _card(turn: Turn, case: SealedCase, sections: tuple[Section, ...]) -> Card:
    t = turn.phrases
    return Card(title=t("case.title", code=case.code), subtitle=t("cases.subtitle"), sections=sections, card_id="case")
