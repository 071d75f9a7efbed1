"""`/groepsregels`: the rules of this group, and for its staff when the next reminder comes.

This is the module to read before adding a command: one function from a turn to a reply, its sentences in
`bot/wording/`, its row in `handlers/dispatch.py`.
"""

from bot.google_chat.cards import Action, Button, Buttons, Message, Section
from bot.google_chat.notices import group_rules
from bot.google_chat.replies import Reply
from handlers.conversations.groups.staying import question
from handlers.conversations.reminders.choosing import group_of
from handlers.conversations.reminders.pages import coming
from handlers.turn import Turn


def show(turn: Turn) -> Reply:
    """The rules, privately; for staff in their group with the next reminder, and the way to change what comes."""
    message = group_rules(turn.phrases, turn.bot.quotations)
    group = group_of(turn)
    if group is None:
        return turn.privately(message)
    card, t = message.cards[0], turn.phrases
    change = Buttons(Button(t("reminders.change"), Action("reminders.ask", opens_dialog=True)))
    section = Section((*coming(turn, group, 1), change), header=t("rules.next"))
    asked = question(turn)
    sections = (*card.sections, section, *([Section(asked)] if asked else []))
    with_reminder = type(card)(title=card.title, subtitle=card.subtitle, sections=sections, card_id=card.card_id)
    return turn.privately(Message(text=message.text, cards=(with_reminder,), fallback=message.fallback))
