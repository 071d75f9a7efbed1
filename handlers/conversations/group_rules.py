"""`/groepsregels`: the rules of this group, and for its staff when the next reminder comes.

This is the module to read before adding a command: one function from a turn to a reply, its sentences in
`bot/wording/`, its row in `handlers/dispatch.py`.
"""

from bot.google_chat.cards import Fact, Message, Paragraph, Section
from bot.google_chat.notices import group_rules, in_words
from bot.google_chat.replies import Reply
from bot.protocol.quoting import written
from bot.school.facts import Part
from bot.school.spaces import SpaceName
from handlers.turn import Turn


def show(turn: Turn) -> Reply:
    """The rules, privately; in a direct message they are the same, without a reminder."""
    message = group_rules(turn.phrases, turn.bot.quotations)
    if turn.group is None or not turn.person.is_staff or not turn.bot.school.is_on(Part.ETIQUETTE):
        return turn.privately(message)
    card = message.cards[0]
    section = Section((_next_reminder(turn, turn.group.space),), header=turn.phrases("rules.next"))
    with_reminder = type(card)(
        title=card.title, subtitle=card.subtitle, sections=(*card.sections, section), card_id=card.card_id
    )
    return turn.privately(Message(text=message.text, cards=(with_reminder,), fallback=message.fallback))


def _next_reminder(turn: Turn, space: SpaceName) -> Fact | Paragraph:
    t, quotations = turn.phrases, turn.bot.quotations
    slot = turn.bot.schedule.upcoming(space, turn.now)
    item = turn.bot.items.get(slot.item) if slot is not None else None
    if slot is None or item is None:
        # A protocol of another school may have none of the articles that we have words for.
        return Paragraph(t("rules.no_reminder"))
    local = turn.bot.calendar.local(slot.moment)
    when = t("rules.when", date=written(local.date(), t), time=f"{local:%H:%M}")
    return Fact(
        when,
        in_words(t, quotations, item),
        below=quotations.cite(item.article, t),
    )
