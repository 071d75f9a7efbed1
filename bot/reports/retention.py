"""How long what was told is kept: every record has an end when it is made (responsible-use.md R39)."""

from datetime import timedelta

from bot.reports.casefile import Reason
from bot.school.facts import Terms

OPEN_KEPT = timedelta(days=365)
"""The end that an open case has; it is not erased while it is open: past its end it is an alarm."""

HANDLED = frozenset({Reason.HANDLED, Reason.PASSED_ON})
"""What was taken up; everything else was not, and is kept for a shorter time."""


def closed_kept(reason: Reason, terms: Terms) -> timedelta:
    """How long after its closing a case is erased, by the reason for which it was closed and the school's terms."""
    return timedelta(days=terms.handled if reason in HANDLED else terms.other)
