"""What staff see of their group's reminders: what comes when, and the choices there are."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from bot.etiquette.wishes import RemindedGroup, Rhythm
from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Choice,
    ChoiceKind,
    Fact,
    Option,
    Paragraph,
    Section,
    Widget,
)
from bot.google_chat.notices import in_words
from bot.protocol.quoting import written
from handlers.turn import Turn

SHOWN = 5
"""How many of the reminders that come are shown."""

PAUSES_IN_WEEKS = (1, 2, 4, 8, 13)
SUNDAY = 6
NO_PAUSE = "geen"


def coming(turn: Turn, group: RemindedGroup, most: int) -> Iterator[Widget]:
    """The next reminders, each with its day, its words and its article; a sentence when there are none."""
    t, quotations = turn.phrases, turn.bot.quotations
    if not turn.bot.schedule.items:
        # A protocol of another school may have none of the articles that we have words for.
        yield Paragraph(t("rules.no_reminder"))
        return
    if not group.wishes.rhythm:
        yield Paragraph(t("reminders.none"))
        return
    shown = False
    for slot in islice(turn.bot.schedule.coming(group, turn.now), most):
        item = turn.bot.items.rows[slot.item]
        local = turn.bot.calendar.local(slot.moment)
        when = t("rules.when", date=written(local.date(), t), time=f"{local:%H:%M}")
        yield Fact(when, in_words(t, quotations, item), below=quotations.cite(item.article, t))
        shown = True
    if not shown:
        yield Paragraph(t("reminders.nothing_comes"))


def settings(turn: Turn, group: RemindedGroup, *, said: str = "") -> Card:
    """The page with all choices, filled in as they are now; `said` stands above them."""
    t = turn.phrases
    above: list[Widget] = [Paragraph(said)] if said else []
    choices = (*above, _rhythm(turn, group), _pause(turn, group), _topics(turn, group))
    save = Buttons(Button(t("reminders.save"), Action("reminders.save"), filled=True))
    sections = [Section((*choices, save))]
    ahead = tuple(coming(turn, group, SHOWN))
    if turn.bot.schedule.upcoming(group, turn.now) is not None:
        now = Button(t("reminders.now"), Action("reminders.now"))
        skip = Button(t("reminders.skip"), Action("reminders.skip"))
        ahead = (*ahead, Buttons(now, skip))
    sections.append(Section(ahead, header=t("reminders.coming")))
    sections.append(Section((Buttons(Button(t("dialog.close"), Action("dialog.close"))),)))
    name = turn.group.display_name if turn.group is not None else ""
    subtitle = name or t("approval.nameless")
    return Card(title=t("reminders.title"), subtitle=subtitle, sections=tuple(sections), card_id="reminders")


def _rhythm(turn: Turn, group: RemindedGroup) -> Choice:
    t = turn.phrases
    options = tuple(
        Option(str(each.value), t(f"reminders.rhythm.{each.value}"), selected=each is group.wishes.rhythm)
        for each in Rhythm
    )
    return Choice("rhythm", t("reminders.rhythm"), ChoiceKind.RADIO_BUTTON, options)


def _pause(turn: Turn, group: RemindedGroup) -> Choice:
    t, kept = turn.phrases, group.wishes.paused_until
    today = turn.bot.calendar.local(turn.now).date()
    kept = kept if kept is not None and kept >= today else None
    days = sorted({*pauses(today), *([kept] if kept is not None else [])})
    options = [Option(NO_PAUSE, t("reminders.no_pause"), selected=kept is None)]
    options += [
        Option(day.isoformat(), t("reminders.until", day=written(day, t)), selected=day == kept) for day in days
    ]
    return Choice("pause", t("reminders.pause"), ChoiceKind.DROPDOWN, tuple(options))


def pauses(today: date) -> tuple[date, ...]:
    """The Sundays until which a group can be left in peace."""
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    return tuple(sunday + timedelta(weeks=weeks - 1) for weeks in PAUSES_IN_WEEKS)


def _topics(turn: Turn, group: RemindedGroup) -> Choice:
    t = turn.phrases
    options = tuple(
        Option(topic, t(f"reminders.topic.{topic}"), selected=topic not in group.wishes.left_out)
        for topic in turn.bot.items.topics
    )
    return Choice("topics", t("reminders.topics"), ChoiceKind.CHECK_BOX, options)
