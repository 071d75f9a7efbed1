"""The pages about who reads reports: the list as it holds, a change that waits, and what came of earlier ones."""

from collections.abc import Iterable, Iterator

from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Paragraph, Section, Widget
from bot.protocol.quoting import written
from bot.school.people import Email
from bot.school.seats.agreeing import InForce, Proposal, ProposalState
from bot.school.seats.seats import Difference, Row, Seats, differences
from handlers.turn import Turn

EARLIER = 5
"""Changes that the list's page shows."""


def waiting(turn: Turn, in_force: InForce | None, proposal: Proposal | None) -> tuple[Section, ...]:
    """What stands above somebody's cases: that a change waits, or that the first list asks for a yes."""
    t = turn.phrases
    if in_force is not None and not in_force.is_open and turn.person.email in in_force.seats.recipients:
        return (Section((Paragraph(t("seats.confirm.waiting")), Buttons(_to_list(turn)))),)
    if proposal is None:
        return ()
    button = Button(t("seats.look"), Action("seats.look", {"change": proposal.id}))
    return (Section((Paragraph(t("seats.waits")), Buttons(button))),)


def list_page(turn: Turn, in_force: InForce, earlier: Iterable[Proposal], *, told: str = "") -> Card:
    """Who reads reports now, and the last changes."""
    t, seats = turn.phrases, in_force.seats
    shown: list[Widget] = [Paragraph(told)] if told else []
    shown.append(Paragraph(t("seats.explain")))
    shown += [_row(turn, seats, row) for row in Row if row is not Row.MANAGERS]
    sections = [Section(tuple(shown))]
    if seats.managers:
        names = _names(seats, dict.fromkeys(seats.managers.values()))
        sections.append(Section((Fact(t(f"seats.row.{Row.MANAGERS}"), names),)))
    if not in_force.is_open:
        sections.append(Section(tuple(_confirming(turn, in_force))))
    settled = [one for one in earlier if one.state in {ProposalState.AGREED, ProposalState.REFUSED}][:EARLIER]
    if settled:
        facts = tuple(_settled(turn, in_force, proposal) for proposal in settled)
        sections.append(Section(facts, header=t("seats.earlier")))
    sections.append(Section((Buttons(_to_cases(turn)),)))
    return _card(turn, t("seats.title"), sections)


def change_page(turn: Turn, in_force: InForce, proposal: Proposal, *, may_agree: bool) -> Card:
    """What would be different, who says so and why; with the two answers for whoever may give one."""
    t = turn.phrases
    told = tuple(Paragraph(_said(turn, one, proposal.seats, in_force.seats)) for one in _changes(in_force, proposal))
    about: list[Widget] = [
        Fact(t("seats.by"), _proposer(turn, proposal), below=_day(turn, proposal)),
        *([Fact(t("seats.reason"), proposal.reason)] if proposal.reason else []),
    ]
    if may_agree:
        change = {"change": proposal.id}
        answers = Buttons(
            Button(t("seats.agree"), Action("seats.agree", change)),
            Button(t("seats.refuse"), Action("seats.refuse", change)),
            _to_cases(turn),
        )
        end: tuple[Widget, ...] = (Paragraph(t("seats.consequence")), answers)
    else:
        end = (Paragraph(t("seats.not_you")), Buttons(_to_cases(turn)))
    return _card(turn, t("seats.change.title"), [Section(told), Section(tuple(about)), Section(end)])


def _confirming(turn: Turn, in_force: InForce) -> Iterator[Widget]:
    t, who = turn.phrases, turn.person.email
    missing = [email for email in in_force.seats.recipients if email not in in_force.confirmed]
    if who in missing:
        yield Paragraph(t("seats.confirm.ask"))
        yield Buttons(Button(t("seats.confirm.button"), Action("seats.confirm"), filled=True))
    else:
        yield Paragraph(t("seats.confirm.others", names=_names(in_force.seats, missing)))


def _settled(turn: Turn, in_force: InForce, proposal: Proposal) -> Fact:
    t = turn.phrases
    by = in_force.seats.name(proposal.decided_by) if proposal.decided_by is not None else t("case.somebody")
    agreed = proposal.state is ProposalState.AGREED
    title = t("seats.was_agreed", name=by) if agreed else t("seats.was_refused", name=by)
    people = _names(proposal.seats, proposal.seats.recipients)
    below = t("seats.proposed", who=_proposer(turn, proposal), day=_day(turn, proposal))
    return Fact(title, people, below=f"{below} {proposal.reason}".strip())


def _changes(in_force: InForce, proposal: Proposal) -> tuple[Difference, ...]:
    return differences(in_force.seats, proposal.seats)


def _said(turn: Turn, one: Difference, after: Seats, before: Seats) -> str:
    t, seats = turn.phrases, after if one.comes else before
    name, row = seats.name(one.who), t(f"seats.row.{one.row}")
    if one.of is None:
        return t("seats.comes", name=name, row=row) if one.comes else t("seats.goes", name=name, row=row)
    other = seats.name(one.of)
    return t("seats.comes_for", name=name, other=other) if one.comes else t("seats.goes_for", name=name, other=other)


def _row(turn: Turn, seats: Seats, row: Row) -> Fact:
    people = [email for each, email, _ in seats.pairs() if each is row]
    return Fact(turn.phrases(f"seats.row.{row}"), _names(seats, people))


def _names(seats: Seats, people: Iterable[Email]) -> str:
    return ", ".join(seats.name(email) for email in people)


def _proposer(turn: Turn, proposal: Proposal) -> str:
    if proposal.proposer is None:
        return turn.phrases("seats.by_file")
    return turn.bot.school.person(proposal.proposer).name or proposal.proposer


def _day(turn: Turn, proposal: Proposal) -> str:
    return written(turn.bot.calendar.local(proposal.proposed_at).date(), turn.phrases)


def _to_list(turn: Turn) -> Button:
    return Button(turn.phrases("seats.button"), Action("seats.list"))


def _to_cases(turn: Turn) -> Button:
    return Button(turn.phrases("cases.back"), Action("cases.list"))


def _card(turn: Turn, title: str, sections: list[Section]) -> Card:
    return Card(title=title, subtitle=turn.phrases("cases.subtitle"), sections=tuple(sections), card_id="seats")
