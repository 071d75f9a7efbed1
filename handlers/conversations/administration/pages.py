"""The pages of `/beheer` that only show: who has which role, what is on, which protocol holds, who is reminded.

Everything on them follows from the school's file, the protocol and the groups; nothing here reads anything of reports,
so that a page is the same whether there are any or not.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from bot.etiquette.wishes import reminded
from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, Widget
from bot.google_chat.replies import Reply, ShowDialog
from bot.groups.ports import GroupState
from bot.protocol.quoting import written
from bot.school.facts import Part
from bot.school.file import NEEDED_DECISIONS
from bot.school.people import Role
from handlers.conversations.administration.health import health
from handlers.conversations.sentence import answer_with
from handlers.events.model import ButtonPressed
from handlers.turn import Turn

A_PAGE = 20
"""People on one page."""


def choices(turn: Turn) -> Buttons:
    """The way from the first page to the others; they open over it, or take its place in a dialog."""
    t = turn.phrases
    named = (
        ("people", t("admin.people")),
        ("reminders", t("admin.reminders")),
        ("protocol", t("admin.protocol")),
        ("parts", t("admin.parts")),
        ("health", t("admin.health")),
    )
    return Buttons(*(Button(label, Action("admin.page", {"name": name}, opens_dialog=True)) for name, label in named))


def opened(turn: Turn, event: ButtonPressed) -> Reply:
    """The page that the button names; whoever is no admin any more gets the neutral sentence."""
    if not turn.person.is_any(Role.ADMIN):
        return answer_with(event, turn.phrases, turn.phrases("not_yours"))
    build = PAGES.get(event.parameters.get("name", ""))
    return answer_with(event, turn.phrases, turn.phrases("button.old")) if build is None else build(turn, event)


def people(turn: Turn, event: ButtonPressed) -> Reply:
    """Everybody whom the school's file names, a page at a time, with role; and how a role is changed."""
    t = turn.phrases
    listed = sorted(turn.bot.school.people.values(), key=lambda person: (person.name.casefold(), person.email))
    said = event.parameters.get("page", "")
    asked = int(said) if said.isascii() and said.isdigit() else 0
    page = min(asked, max(len(listed) - 1, 0) // A_PAGE)
    shown: list[Widget] = [
        Fact(", ".join(sorted(role.value for role in person.roles)), person.name, below=person.email)
        for person in listed[page * A_PAGE : (page + 1) * A_PAGE]
    ]
    turning = [(page - 1, t("admin.earlier"))] if page else []
    turning += [] if (page + 1) * A_PAGE >= len(listed) else [(page + 1, t("admin.later"))]
    others = [Button(label, Action("admin.page", {"name": "people", "page": str(to)})) for to, label in turning]
    how = Section((Paragraph(t("admin.people.how")), Paragraph(t("admin.people.domains"))))
    sections = (how, Section((*shown, *([Buttons(*others)] if others else []))))
    return _page(turn, t("admin.people"), *sections)


def reminders(turn: Turn, _: ButtonPressed) -> Reply:
    """How many groups are reminded, left in peace for a while, or not reminded."""
    t, today = turn.phrases, turn.bot.calendar.local(turn.now).date()
    with turn.bot.store.read() as transaction:
        chosen = transaction.wishes.chosen()
        groups = [reminded(group, chosen) for group in transaction.spaces.in_state(GroupState.SANCTIONED)]
    wishes = [group.wishes for group in groups if group.wishes.rhythm]
    paused = sum(each.paused_until is not None and each.paused_until >= today for each in wishes)
    facts: list[Widget] = [
        Fact(t("admin.reminders.on"), str(len(wishes) - paused)),
        Fact(t("admin.reminders.paused"), str(paused)),
        Fact(t("admin.reminders.off"), str(len(groups) - len(wishes))),
    ]
    if not turn.bot.school.is_on(Part.ETIQUETTE):
        facts.insert(0, Paragraph(t("admin.reminders.part_off")))
    return _page(turn, t("admin.reminders"), Section((*facts, Paragraph(t("admin.reminders.how")))))


def protocol(turn: Turn, _: ButtonPressed) -> Reply:
    """The version in force, and the days on which another takes its place."""
    t, today = turn.phrases, turn.bot.calendar.local(turn.now).date()
    document = turn.bot.protocol.document
    since = document.version.effective_on
    with turn.bot.store.read() as transaction:
        planned = [version.effective_on for version in transaction.protocols.days() if version.effective_on > today]
    facts: list[Widget] = [Fact(t("admin.protocol.now"), document.title, below=written(since, t) if since else "")]
    facts += [Fact(t("admin.protocol.planned"), written(day, t)) for day in islice(planned, A_PAGE)]
    return _page(turn, t("admin.protocol"), Section((*facts, Paragraph(t("admin.protocol.how")))))


def parts(turn: Turn, _: ButtonPressed) -> Reply:
    """Each part with whether it is on, and the decisions that it has and lacks."""
    sections = (Section(tuple(_part(turn, part))) for part in Part)
    return _page(turn, turn.phrases("admin.parts"), *sections, Section((Paragraph(turn.phrases("admin.parts.how")),)))


def _part(turn: Turn, part: Part) -> Iterator[Widget]:
    t, school = turn.phrases, turn.bot.school
    needed = NEEDED_DECISIONS[part]
    taken = [each for each in school.decisions if each.name in needed]
    told = "; ".join(f"{each.name}: {each.by}, {written(each.on, t)}" for each in taken)
    yield Fact(part.value, t("admin.part.on") if school.is_on(part) else t("admin.part.off"), below=told)
    missing = [name for name in needed if name not in {decision.name for decision in school.decisions}]
    if missing:
        yield Paragraph(t("admin.part.missing", decisions=", ".join(missing)))
    elif not school.is_on(part):
        yield Paragraph(t("admin.part.chosen_off"))


def _page(turn: Turn, title: str, *sections: Section) -> Reply:
    t = turn.phrases
    back = Button(t("admin.back"), Action("admin.page", {"name": "first"}))
    last = Section((Buttons(back, Button(t("dialog.close"), Action("dialog.close"))),))
    return ShowDialog(Card(title=title, sections=(*sections, last), card_id="admin"))


def how_it_is(turn: Turn, _: ButtonPressed) -> Reply:
    """Last jobs, what waits for groups, and whether every route has a reader."""
    return _page(turn, turn.phrases("admin.health"), *health(turn))


PAGES: Mapping[str, Callable[[Turn, ButtonPressed], Reply]] = {
    "people": people,
    "reminders": reminders,
    "protocol": protocol,
    "parts": parts,
    "health": how_it_is,
}
