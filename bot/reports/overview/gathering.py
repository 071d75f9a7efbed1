"""Finds the cases that somebody's overview counts: those that everybody of their row may read now.

The rule, and why it is this one. The overview of a row (leadership, board, supervisory board, last resort) counts a
case if and only if every one of that row whom the bot knows holds a grant to its story. From that alone follows:

- Whoever has no grant to a case gets, byte for byte, the overview that they would get if it did not exist: they are in
  their row, so it does not count. That it is about them, or about a colleague, changes no number that they can see.
- The people of a row all get the same numbers. If each overview counted what its own reader may read, two of a row who
  lay theirs side by side would find the case that is kept from one of them.
- A copy (that there is a case, without its story) counts for nobody: its topic would come out.
- A case from which a leader is excluded goes past the leadership, and counts in the overview of whoever it went to.

The price is that it counts too few, never too many: a case that was handed over within a row, or that came before
somebody new did, is not read by all of the row any more. Purged cases are gone, and so are their numbers. Both stand on
the overview, in the same words for everybody. Two rows that lay their overviews side by side do learn something from
the difference; that stands there too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from bot.reports.categories import ADVICE
from bot.reports.histories import Histories
from bot.reports.overview.counting import Counted, Overview, count, overview
from bot.reports.ports import HistoryStore, SealedCase
from bot.reports.routing import ORDER, Chain, members
from bot.reports.submitting import Intake
from bot.reports.trials.trials import Trials
from bot.school.bindings import Bindings
from bot.school.facts import SchoolFacts
from bot.school.people import Email, UserId


class CasesReadByAll(Protocol):
    """Finds cases by who may read them, inside the caller's transaction."""

    def read_by_all(self, users: Collection[UserId], start: datetime, end: datetime) -> Sequence[SealedCase]:
        """The cases received from `start` until `end` (aware UTC) whose story every one of these people may read."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """What an overview reads, of one transaction."""

    people: Bindings
    cases: CasesReadByAll
    histories: HistoryStore


def row_of(facts: SchoolFacts, person: Email) -> Chain | None:
    """Whose overview somebody gets; of who stands in several rows the first one."""
    return next((chain for chain in ORDER if person in members(facts, chain)), None)


@dataclass(frozen=True, slots=True)
class Overviews:
    """Makes the overviews of one school."""

    facts: SchoolFacts
    intake: Intake

    def of(self, chain: Chain, year: int, sources: Sources) -> Overview:
        """The overview of a row about a year at school; raises CannotOpen and ChainBroken.

        Advice that was asked of a line manager is no incident, and a trial is none either.
        """
        users = [binding.user for binding in sources.people.of_emails(members(self.facts, chain)).values()]
        start, end = (self.intake.calendar.at(date(each, 1, 1), time()) for each in (year, year + 1))
        cases = sources.cases.read_by_all(users, start, end) if users else ()
        found = (self._counted(case, sources.histories) for case in cases)
        return overview(year, (each for each in found if each is not None))

    def _counted(self, case: SealedCase, histories: HistoryStore) -> Counted | None:
        keyring = self.intake.keyring
        story = self.intake.tell(case)
        if story.category == ADVICE or Trials(keyring).is_one(case):
            return None
        return count(story.category, Histories(keyring).load(case, histories))
