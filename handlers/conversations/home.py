"""The bot's home tab (classic only): numbers first, and the commands that fit the role, as words.

No buttons: how Google shows the answer to a press on this tab was not seen yet, and help must never fail.
"""

from bot.google_chat.cards import Card, Paragraph, Section
from bot.google_chat.replies import Home, Reply
from handlers.conversations.helping import what_you_can_do
from handlers.turn import Turn


def opened(turn: Turn) -> Reply:
    """What this person can do here."""
    t = turn.phrases
    commands = tuple(Paragraph(line) for line in what_you_can_do(turn))
    sections = (
        Section((Paragraph(t("home.intro", school=turn.bot.school.short_name)), Paragraph(t("home.numbers")))),
        Section(commands, header=t("explain.can")),
    )
    return Home(Card(title=t("bot.name"), subtitle=t("bot.is_program"), sections=sections, card_id="home"))
