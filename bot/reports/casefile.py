"""What happens with a report after it came in: a history of steps, and what each step allows next.

The history is all there is: who handles a case, who must close it and what its reporter may see follow from it. A step
that was taken by somebody else meanwhile makes the number of the next one another, which is how two people who act at
the same moment find out (`bot.reports.ports.CaseStore.append`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.reports.ports import CaseId, Urgency
from bot.reports.text import ReportText
from bot.school.people import Email, UserId


class Step(StrEnum):
    """One thing that was done; the value is what the history keeps."""

    READ = "read"
    TAKEN = "taken"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    RECUSED = "recused"
    LEFT = "left"
    NOTE = "note"
    TO_REPORTER = "to_reporter"
    FROM_REPORTER = "from_reporter"
    WITHDRAWN = "withdrawn"
    URGENCY = "urgency"
    BUNDLED = "bundled"
    ALERTED = "alerted"
    UNREAD = "unread"
    HELD = "held"
    RELEASED = "released"
    EXPORTED = "exported"
    CHECKED = "checked"
    NOT_NEEDED = "not_needed"
    UNCHECKED = "unchecked"
    CLOSING = "closing"
    CLOSED = "closed"


BY_ITSELF = frozenset({Step.ALERTED, Step.UNREAD})
"""What the bot does because nobody did anything."""


CHECKLIST = frozenset({Step.CHECKED, Step.NOT_NEEDED, Step.UNCHECKED})
"""What is said about a row of the checklist (`bot.reports.checklist`): the detail is its key, the text its title."""


AWAY_FOR_GOOD = frozenset({Step.RECUSED, Step.LEFT})
"""After these steps somebody is not on the case any more: involved, or no longer somebody who receives reports."""


class Reason(StrEnum):
    """Why a case was closed (design: there is no "false")."""

    HANDLED = "afgerond"
    NOT_PROTOCOL = "niet_protocol"
    PASSED_ON = "doorgezet"
    NOT_CONFIRMED = "niet_bevestigd"
    WITHDRAWN = "ingetrokken"


class Refusal(StrEnum):
    """Why a step cannot be taken now; the value is the sentence that says so."""

    CLOSED = "case.is_closed"
    NOT_HANDLER = "case.not_handler"
    OTHER_HANDLER = "case.other_handler"
    NOT_OFFERED = "case.not_offered"
    SECOND_PERSON = "case.second_person"
    EMPTY = "case.empty"
    HELD_ALREADY = "case.held_already"
    BOARD_ONLY = "case.board_only"


class NotAllowed(Exception):
    """A step that the history does not allow; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """A step with who took it and when (aware UTC; of a sealed reporter the day only).

    `by` is None for the reporter, whose id a sealed history must not hold, and for what the bot did by itself
    (`BY_ITSELF`). `to` is whom a case was offered to or who was alerted, `detail` a reason or an urgency.
    """

    step: Step
    by: UserId | None
    at: datetime
    text: ReportText = field(default_factory=lambda: ReportText(""))
    to: UserId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Casefile:
    """A case's urgency when it came in, and its history so far."""

    first_urgency: Urgency
    entries: tuple[Entry, ...] = ()

    @property
    def urgency(self) -> Urgency:
        """How soon somebody must look, after the last change of it."""
        changed, _ = self._last(Step.URGENCY)
        return Urgency(changed.detail) if changed is not None else self.first_urgency

    @property
    def handler(self) -> UserId | None:
        """Who has taken it on; None when nobody has, or when whoever had is no longer on it."""
        handler: UserId | None = None
        for entry in self.entries:
            if entry.step in {Step.TAKEN, Step.ACCEPTED}:
                handler = entry.by
            elif entry.step in AWAY_FOR_GOOD and entry.by == handler:
                handler = None
        return handler

    @property
    def since_left(self) -> tuple[Entry | None, Sequence[Entry]]:
        """The step by which whoever handled it left it last, and what came after; None and everything before that."""
        handler, left = None, -1
        for place, entry in enumerate(self.entries):
            if entry.step in {Step.TAKEN, Step.ACCEPTED}:
                handler = entry.by
            elif entry.step in AWAY_FOR_GOOD and entry.by == handler:
                handler, left = None, place
        return (self.entries[left] if left >= 0 else None), self.entries[left + 1 :]

    @property
    def offered_to(self) -> UserId | None:
        """To whom the handler offered it, as long as nobody answered."""
        offered, later = self._last(Step.OFFERED)
        if offered is None or offered.to is None:
            return None
        answered = any(
            entry.step is Step.ACCEPTED or (entry.step in AWAY_FOR_GOOD and entry.by in {offered.to, offered.by})
            for entry in later
        )
        return None if answered else offered.to

    @property
    def recused(self) -> frozenset[UserId]:
        """Who said to be involved: they never see it again."""
        return frozenset(entry.by for entry in self.entries if entry.step is Step.RECUSED and entry.by is not None)

    @property
    def closing(self) -> Entry | None:
        """The closing that waits for a second person."""
        if self.is_closed:
            return None
        asked, later = self._last(Step.CLOSING)
        if asked is None or any(entry.step in AWAY_FOR_GOOD and entry.by == asked.by for entry in later):
            return None
        # What the reporter says after it was written must be seen by whoever wrote it.
        return None if any(entry.step is Step.FROM_REPORTER for entry in later) else asked

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return any(entry.step is Step.CLOSED for entry in self.entries)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the reporter took it back; whoever handles it still closes it, for duties may go on."""
        return any(entry.step is Step.WITHDRAWN for entry in self.entries)

    @property
    def bundled(self) -> frozenset[CaseId]:
        """The other cases about the same event."""
        return frozenset(CaseId(other) for entry in self._of(Step.BUNDLED) for other in entry.detail.split())

    @property
    def also_kept_from(self) -> frozenset[Email]:
        """Who must not read this case because one of its bundle is about them."""
        return frozenset(Email(email) for entry in self._of(Step.BUNDLED) for email in entry.text.words.split())

    @property
    def is_held(self) -> bool:
        """Whether it is kept whatever its end date says."""
        held = [entry.step for entry in self.entries if entry.step in {Step.HELD, Step.RELEASED}]
        return bool(held) and held[-1] is Step.HELD

    @property
    def needs_second(self) -> bool:
        """Whether two people must close it: what was urgent when it came in, or became so (U0 and U1)."""
        urgencies = [self.first_urgency, *(Urgency(e.detail) for e in self.entries if e.step is Step.URGENCY)]
        return min(urgencies) <= Urgency.TODAY

    def messages(self) -> Sequence[Entry]:
        """What the reporter may see of it: what was written both ways, and that it is over."""
        shown = {Step.TO_REPORTER, Step.FROM_REPORTER, Step.WITHDRAWN, Step.UNREAD}
        return [entry for entry in self.entries if entry.step in shown]

    def _of(self, step: Step) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.step is step]

    def _last(self, step: Step) -> tuple[Entry | None, Sequence[Entry]]:
        """The last entry of this step, and what came after it."""
        for place in range(len(self.entries) - 1, -1, -1):
            if self.entries[place].step is step:
                return self.entries[place], self.entries[place + 1 :]
        return None, ()


def read(case: Casefile, by: UserId, at: datetime) -> Entry | None:
    """That somebody read the story; None when that stands there already."""
    known = any(entry.step is Step.READ and entry.by == by for entry in case.entries)
    return None if known else Entry(Step.READ, by, at)


def alerted(at: datetime, whom: UserId, why: str) -> Entry:
    """That the bot warned somebody that it waits (`bot.reports.alerts.escalation.Why`)."""
    return Entry(Step.ALERTED, None, at, to=whom, detail=why)


def unread(at: datetime, *, others: bool) -> Entry:
    """That nobody had read it when somebody should have, and whether others are warned now: the reporter hears it."""
    return Entry(Step.UNREAD, None, at, detail="others" if others else "again")


def take(case: Casefile, by: UserId, at: datetime) -> Entry:
    """Take it on; raises NotAllowed when it is closed or somebody has it."""
    _open(case)
    if case.handler is not None:
        raise NotAllowed(Refusal.OTHER_HANDLER)
    return Entry(Step.TAKEN, by, at)


def offer(case: Casefile, by: UserId, at: datetime, to: UserId) -> Entry:
    """Offer it to somebody else, who becomes the handler only by accepting; raises NotAllowed."""
    _handled_by(case, by)
    return Entry(Step.OFFERED, by, at, to=to)


def accept(case: Casefile, by: UserId, at: datetime) -> Entry:
    """Take over what was offered; the handler so far loses access (the caller moves the grant). Raises NotAllowed."""
    _open(case)
    if case.offered_to != by:
        raise NotAllowed(Refusal.NOT_OFFERED)
    return Entry(Step.ACCEPTED, by, at)


def recuse(by: UserId, at: datetime) -> Entry:
    """Say to be involved, whatever the case is at: access ends (the caller takes the grant)."""
    return Entry(Step.RECUSED, by, at)


def leave(by: UserId, at: datetime) -> Entry:
    """That somebody does not receive reports at this school any more; the bot keeps it, at the first look after it."""
    return Entry(Step.LEFT, by, at)


def note(case: Casefile, by: UserId, at: datetime, text: ReportText) -> Entry:
    """An internal note, by anybody who reads the case; raises NotAllowed."""
    _open(case)
    return Entry(Step.NOTE, by, at, text=_written(text))


def write_to_reporter(case: Casefile, by: UserId, at: datetime, text: ReportText) -> Entry:
    """A message to the reporter, by the handler; raises NotAllowed."""
    _handled_by(case, by)
    return Entry(Step.TO_REPORTER, by, at, text=_written(text))


def add(case: Casefile, at: datetime, text: ReportText) -> Entry:
    """What the reporter adds, corrects or answers; raises NotAllowed."""
    _open(case)
    return Entry(Step.FROM_REPORTER, None, at, text=_written(text))


def withdraw(case: Casefile, at: datetime) -> Entry:
    """The reporter takes it back; raises NotAllowed when it is over or was taken back already."""
    _open(case)
    if case.is_withdrawn:
        raise NotAllowed(Refusal.CLOSED)
    return Entry(Step.WITHDRAWN, None, at)


def bundle(case: Casefile, by: UserId, at: datetime, others: Collection[CaseId], kept_from: Collection[Email]) -> Entry:
    """That it is about one event with these others, and who must read none of them; raises NotAllowed."""
    _handled_by(case, by)
    return Entry(Step.BUNDLED, by, at, text=ReportText(" ".join(sorted(kept_from))), detail=" ".join(sorted(others)))


def change_urgency(case: Casefile, by: UserId, at: datetime, urgency: Urgency) -> Entry:
    """Another urgency, by the handler; raises NotAllowed."""
    _handled_by(case, by)
    return Entry(Step.URGENCY, by, at, detail=urgency.value)


def hold(case: Casefile, by: UserId, at: datetime, why: ReportText) -> Entry:
    """Keep it past its end date, also when it is closed, with the reason; raises NotAllowed."""
    if case.is_held:
        raise NotAllowed(Refusal.HELD_ALREADY)
    return Entry(Step.HELD, by, at, text=_written(why))


def release(case: Casefile, by: UserId, at: datetime) -> Entry:
    """No longer keep it past its end date; raises NotAllowed."""
    if not case.is_held:
        raise NotAllowed(Refusal.HELD_ALREADY)
    return Entry(Step.RELEASED, by, at)


def export(case: Casefile, by: UserId, at: datetime, form: str) -> Entry:
    """That its handler took it out, as what, also when it is closed; raises NotAllowed."""
    if case.handler != by:
        raise NotAllowed(Refusal.NOT_HANDLER)
    return Entry(Step.EXPORTED, by, at, detail=form)


def check(case: Casefile, by: UserId, at: datetime, row: str, title: str) -> Entry | None:
    """That a step of the checklist was done, by anybody who reads the case; None when that stands there already.

    The title goes with it, for a school may word its rows anew. Raises NotAllowed when the case is closed.
    """
    return _about(case, Entry(Step.CHECKED, by, at, text=ReportText(title), detail=row))


def not_needed(case: Casefile, by: UserId, at: datetime, row: str, title: str, why: ReportText) -> Entry:
    """That a step of the checklist is not needed here, with the reason behind its title; raises NotAllowed."""
    _open(case)
    return Entry(Step.NOT_NEEDED, by, at, text=ReportText(f"{title}: {_written(why).words}"), detail=row)


def uncheck(case: Casefile, by: UserId, at: datetime, row: str, title: str) -> Entry | None:
    """That a step is to be done after all; None when it is open already. Raises NotAllowed."""
    return _about(case, Entry(Step.UNCHECKED, by, at, text=ReportText(title), detail=row))


def close(case: Casefile, by: UserId, at: datetime, reason: Reason) -> Entry:
    """The end, with its reason; of an urgent case only a proposal, until somebody else agrees. Raises NotAllowed."""
    _handled_by(case, by)
    return Entry(Step.CLOSING if case.needs_second else Step.CLOSED, by, at, detail=reason.value)


def confirm_closing(case: Casefile, by: UserId, at: datetime) -> Entry:
    """The second person agrees; raises NotAllowed for whoever proposed it."""
    _open(case)
    asked = case.closing
    if asked is None or asked.by == by:
        raise NotAllowed(Refusal.SECOND_PERSON)
    return Entry(Step.CLOSED, by, at, detail=asked.detail)


def _about(case: Casefile, entry: Entry) -> Entry | None:
    """The entry, unless it would say what was last said about its row of the checklist."""
    _open(case)
    said = [each.step for each in case.entries if each.step in CHECKLIST and each.detail == entry.detail]
    return None if (said[-1] if said else Step.UNCHECKED) is entry.step else entry


def _open(case: Casefile) -> None:
    if case.is_closed:
        raise NotAllowed(Refusal.CLOSED)


def _handled_by(case: Casefile, by: UserId) -> None:
    _open(case)
    if case.handler != by:
        raise NotAllowed(Refusal.NOT_HANDLER)


def _written(text: ReportText) -> ReportText:
    if not text:
        raise NotAllowed(Refusal.EMPTY)
    return text
