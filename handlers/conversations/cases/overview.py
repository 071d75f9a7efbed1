"""The yearly overview in `/zaken`: the numbers of one's own row, this year's or last year's."""

from collections.abc import Sequence

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section
from bot.google_chat.replies import Reply, ShowDialog
from bot.reports.overview.counting import Overview
from bot.reports.overview.gathering import Overviews, Sources, row_of
from bot.reports.overview.joining import SHOWN_FROM
from bot.reports.routing import Chain
from bot.wording.catalogue import Phrases
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn


def look(turn: Turn, event: ButtonPressed) -> Reply:
    """The overview of the row that this person stands in; an adviser who stands in none has no overview."""
    t, row = turn.phrases, row_of(turn.bot.school, turn.person.email)
    if row is None:
        return answer_with(event, t, t("not_yours"))
    this_year = turn.bot.calendar.local(turn.now).year
    asked = event.parameters.get("year", "")
    year = this_year - 1 if asked == str(this_year - 1) else this_year
    with turn.bot.store.read() as transaction:
        sources = Sources(transaction.people, transaction.overview, transaction.histories)
        made = Overviews(turn.bot.school, turn.bot.intake).of(row, year, sources)
    return ShowDialog(_card(t, row, made, other_year=this_year if year < this_year else this_year - 1))


def tables(made: Overview, t: Phrases) -> Sequence[tuple[str, Sequence[tuple[str, int]]]]:
    """Each table with its heading, in somebody's language; empty when there are too few reports to show anything."""
    parts = (
        (t("overview.topics"), made.topics, lambda name: t(f"overview.topic.{name}")),
        (t("overview.urgencies"), made.urgencies, lambda name: t(f"urgency.{name}")),
        (t("overview.readings"), made.readings, lambda name: t(f"overview.read.{name}")),
        (t("overview.ends"), made.ends, lambda name: t(f"overview.end.{name}")),
    )
    return [
        (heading, [(" + ".join(map(word, row.names)), row.number) for row in rows])
        for heading, rows, word in parts
        if rows
    ]


def total(made: Overview, t: Phrases) -> str:
    """How many reports there were, or that there were too few to say."""
    return str(made.total) if made.total is not None else t("overview.few", number=SHOWN_FROM)


def explained(row: Chain, t: Phrases) -> Sequence[str]:
    """What counts in it and what does not: the same words, whatever there is."""
    whose = t(f"overview.of.{row}")
    return [
        t("overview.counts", whose=whose),
        t("overview.joined", number=SHOWN_FROM),
        t("overview.beside", whose=whose),
    ]


def _card(t: Phrases, row: Chain, made: Overview, *, other_year: int) -> Card:
    facts = [Section((Fact(t("overview.total"), total(made, t)),))]
    facts += [
        Section(tuple(Fact(name, str(number)) for name, number in rows), header=heading)
        for heading, rows in tables(made, t)
    ]
    buttons = Buttons(
        Button(t("overview.other", year=other_year), Action("cases.overview", {"year": str(other_year)})),
        Button(t("cases.back"), Action("cases.list")),
    )
    facts.append(Section((*(Paragraph(line) for line in explained(row, t)), buttons)))
    title = t("overview.title", year=made.year, whose=t(f"overview.of.{row}"))
    return Card(title=title, subtitle=t("cases.subtitle"), sections=tuple(facts), card_id="overview")
