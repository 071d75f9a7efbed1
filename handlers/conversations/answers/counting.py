"""Counts per article and ISO week, never per person; small numbers are not shown to anybody."""

from datetime import timedelta

from bot.school.articles import ArticleCode
from bot.storage.transactions import Transaction
from handlers.turn import Turn

SHOWN, HELPFUL, UNHELPFUL = "shown", "helpful", "unhelpful"
"""What is counted: an article on top of an answer, and what people said of it."""

COUNTS_KEPT = timedelta(days=730)

VISIBLE_FROM = 5
"""A smaller number could be about somebody in particular."""


def shown_count(number: int) -> int | None:
    """A count as anybody may see it; None for a number under 5, which nobody sees."""
    return number if number >= VISIBLE_FROM else None


def count(turn: Turn, code: ArticleCode, kind: str, transaction: Transaction) -> None:
    """One more for this article in this week of the school."""
    year, week, _ = turn.bot.calendar.local(turn.now).isocalendar()
    transaction.counts.add_one(code, f"{year}-W{week:02}", kind, turn.now + COUNTS_KEPT)
