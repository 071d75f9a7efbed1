"""How long what was told is kept: every record has an end when it is made (responsible-use.md R39)."""

from collections.abc import Mapping
from datetime import timedelta

from bot.reports.casefile import Reason

OPEN_KEPT = timedelta(days=365)
"""The end that an open case has; it is not erased while it is open: past its end it is an alarm."""

CLOSED_KEPT: Mapping[Reason, timedelta] = {
    Reason.HANDLED: timedelta(days=182),
    Reason.PASSED_ON: timedelta(days=182),
    Reason.NOT_PROTOCOL: timedelta(days=30),
    Reason.NOT_CONFIRMED: timedelta(days=30),
    Reason.WITHDRAWN: timedelta(days=30),
}
"""How long after its closing a case is erased, by the reason for which it was closed."""
