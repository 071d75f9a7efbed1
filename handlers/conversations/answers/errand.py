"""A teacher asks the bot to tell the class something: Magister first (W1), said to the teacher alone."""

from functools import cache

from bot.etiquette.errands import Errands
from bot.google_chat.cards import Card, Message, Paragraph, Section
from bot.google_chat.notices import quoted
from bot.google_chat.replies import Reply
from bot.school.articles import ArticleCode
from handlers.turn import Turn

MAGISTER_FIRST = ArticleCode("W1")


def errand(turn: Turn, question: str) -> Reply | None:
    """The hint, or None: for who is not of staff, for any other question, and by a protocol without this article."""
    t, quotations = turn.phrases, turn.bot.quotations
    known = quotations.has(MAGISTER_FIRST) and quotations.is_reviewed(MAGISTER_FIRST)
    if not turn.person.is_staff or not known or not _errands().is_one(question):
        return None
    shown = (Paragraph(t("errand.text")), quoted(t, quotations, MAGISTER_FIRST))
    card = Card(title=t("errand.title"), subtitle=t("bot.name"), sections=(Section(shown),), card_id="errand")
    return turn.privately(Message(text=t("errand.title"), cards=(card,)))


@cache
def _errands() -> Errands:
    # The words that ship with the bot, read when somebody first asks.
    return Errands.load()
