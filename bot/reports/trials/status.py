"""How a drill stands: to whom each trial went, whether the notice is there, and who has not said so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.outbox.delivery import Delivery, State, to_person
from bot.reports.ports import Grant
from bot.reports.routing import ORDER, Chain, members
from bot.school.facts import SchoolFacts
from bot.school.people import Email, UserId


@dataclass(frozen=True, slots=True)
class Sent:
    """One trial as it is kept, with its grants and the notices about it."""

    chain: Chain
    grants: Collection[Grant]
    deliveries: Collection[Delivery]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a trial for one person; `reached` is False for who had no direct message with the bot."""

    chain: Chain
    person: Email
    copy: bool
    reached: bool
    delivered: bool = False
    confirmed: bool = False


def answers(facts: SchoolFacts, trials: Sequence[Sent], people: Mapping[UserId, Email]) -> Sequence[Answer]:
    """Everybody of every row, in the order of the rows; a row without a trial has nobody who was reached."""
    found = {trial.chain: trial for trial in trials}
    return [answer for chain in ORDER for answer in _of_row(facts, chain, found.get(chain), people)]


def _of_row(facts: SchoolFacts, chain: Chain, trial: Sent | None, people: Mapping[UserId, Email]) -> Iterator[Answer]:
    grants = {people[grant.user]: grant for grant in trial.grants if grant.user in people} if trial is not None else {}
    there = {delivery.address for delivery in trial.deliveries if delivery.state is State.DELIVERED} if trial else set()
    row = members(facts, chain)
    # Whoever was sent it and stands in the school's data no more need not answer.
    beside = [email for email, grant in grants.items() if email not in row and email in facts.board]
    for email in (*row, *beside):
        grant = grants.get(email)
        yield Answer(
            chain=chain,
            person=email,
            copy=email not in row,
            reached=grant is not None,
            delivered=grant is not None and to_person(grant.user) in there,
            confirmed=grant is not None and grant.opened_at is not None,
        )
