"""The bot's home tab (classic only): the same choices as the commands, by role."""

from bot.google_chat.cards import Action, Button, Buttons, Card, Paragraph, Section
from bot.google_chat.replies import Home, Reply
from bot.school.people import Role
from handlers.conversations.helping import report_button, reports_open
from handlers.turn import Turn


def opened(turn: Turn) -> Reply:
    """What this person can do here."""
    t = turn.phrases
    buttons = [Button(t("home.help"), Action("help.now"))]
    if reports_open(turn):
        buttons += [report_button(t), Button(t("home.own"), Action("own.list", opens_dialog=True))]
    if turn.bot.is_recipient(turn.person):
        buttons.append(Button(t("home.cases"), Action("cases.list", opens_dialog=True)))
    if turn.person.is_any(Role.ADMIN):
        buttons.append(Button(t("home.admin"), Action("admin.overview", opens_dialog=True)))
    buttons.append(Button(t("home.explain"), Action("explain.show")))
    rows = tuple(Buttons(button) for button in buttons)
    card = Card(
        title=t("bot.name"),
        subtitle=t("bot.is_program"),
        sections=(Section((Paragraph(t("home.intro", school=turn.bot.school.short_name)),)), Section(rows)),
        card_id="home",
    )
    return Home(card)
