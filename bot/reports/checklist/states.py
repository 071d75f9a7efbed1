"""How far a case is with its steps: what its history says about each row, the last word counting."""

from dataclasses import dataclass
from enum import StrEnum

from bot.reports.casefile import CHECKLIST, Casefile, Entry, Step
from bot.reports.checklist.table import Row


class Mark(StrEnum):
    """Where one step stands."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class State:
    """Where one step stands, and the history's entry that says so; None while nobody said anything."""

    mark: Mark
    entry: Entry | None = None

    def reason(self, row: Row) -> str:
        """Why it is not needed, as somebody wrote it: the history keeps it behind the title of that day."""
        return "" if self.entry is None else self.entry.text.words.removeprefix(f"{row.title}: ")


_MARKS = {Step.CHECKED: Mark.DONE, Step.NOT_NEEDED: Mark.NOT_NEEDED, Step.UNCHECKED: Mark.OPEN}


def state_of(known: Casefile, key: str) -> State:
    """What was last said about the row with this key."""
    said = [entry for entry in known.entries if entry.step in CHECKLIST and entry.detail == key]
    return State(_MARKS[said[-1].step], said[-1]) if said else State(Mark.OPEN)
