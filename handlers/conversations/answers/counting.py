"""Counts per article and ISO week, never per person."""

from datetime import timedelta

from bot.school.articles import ArticleCode
from bot.storage.transactions import Transaction
from handlers.turn import Turn

SHOWN, HELPFUL, UNHELPFUL = "shown", "helpful", "unhelpful"
"""What is counted: an article on top of an answer, and what people said of it."""

COUNTS_KEPT = timedelta(days=730)


def count(turn: Turn, code: ArticleCode, kind: str, transaction: Transaction) -> None:
    """One more for this article in this week of the school."""
    year, week, _ = turn.bot.calendar.local(turn.now).isocalendar()
    transaction.counts.add_one(code, f"{year}-W{week:02}", kind, turn.now + COUNTS_KEPT)
