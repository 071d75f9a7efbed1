"""Decides who reads a report: by category and by people, on the server, before anybody is told."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.reports.categories import ADVICE, Board, Category
from bot.school.facts import SchoolFacts
from bot.school.people import Email


class Chain(StrEnum):
    """A row of recipients; the value is its name in the school's file."""

    LEADERSHIP = "schoolleiding"
    BOARD = "bestuur"
    SUPERVISORS = "toezicht"
    LAST_RESORT = "laatste"


ORDER = (Chain.LEADERSHIP, Chain.BOARD, Chain.SUPERVISORS, Chain.LAST_RESORT)


@dataclass(frozen=True, slots=True)
class Route:
    """Who will read a report, and from which row they come; `recipients` is empty when nobody is left.

    `copied` see that there is a report, with its code and how urgent it is, and not the story.
    """

    chain: Chain | None
    recipients: tuple[Email, ...]
    copied: tuple[Email, ...] = ()


def members(facts: SchoolFacts, chain: Chain) -> tuple[Email, ...]:
    """The people in a row of recipients."""
    match chain:
        case Chain.LEADERSHIP:
            return facts.leadership
        case Chain.BOARD:
            return facts.board
        case Chain.SUPERVISORS:
            return facts.supervisors
        case Chain.LAST_RESORT:
            return (facts.last_resort,)


def candidates(facts: SchoolFacts) -> tuple[Email, ...]:
    """Everybody who could ever be a recipient, in the order of the rows."""
    return tuple(dict.fromkeys(email for chain in ORDER for email in members(facts, chain)))


def readers_of_anything(facts: SchoolFacts) -> tuple[Email, ...]:
    """Everybody who could ever read what somebody sent: who receives reports, and who gives advice (`/overleg`)."""
    return tuple(dict.fromkeys((*candidates(facts), *facts.line_managers)))


def route(
    category: Category, facts: SchoolFacts, *, excluded: Collection[Email], reachable: Collection[Email]
) -> Route:
    """The first row that has somebody left who is not excluded and has a direct message with the bot.

    What is for the board starts there (responsible-use.md 0.2) and never reaches a leader, also not one who stands in a
    further row; everything else starts at the school's leadership.
    When a leader is excluded the report leaves the leadership altogether: who works under the person whom it is about
    does not read it either (responsible-use.md section 5, rule 2).
    """
    start = Chain.BOARD if category.to_board else Chain.LEADERSHIP
    kept_from = {*excluded, *(facts.leadership if start is Chain.BOARD else ())}
    for chain in ORDER[ORDER.index(start) :]:
        row = members(facts, chain)
        if chain is not Chain.LAST_RESORT and any(email in excluded for email in row):
            continue
        left = tuple(email for email in row if email in reachable and email not in kept_from)
        if left:
            beside = _board_beside(chain, facts, excluded, reachable)
            match category.board:
                case Board.ALL:
                    return Route(chain, left + beside)
                case Board.CODE:
                    return Route(chain, left, copied=beside)
                case Board.NOTHING:
                    return Route(chain, left)
    # Every row has somebody whom it is about: whoever is left of the highest of them is better than nobody.
    for chain in reversed(ORDER[ORDER.index(start) :]):
        left = tuple(email for email in members(facts, chain) if email in reachable and email not in kept_from)
        if left:
            return Route(chain, left)
    return Route(None, ())


def eligible(
    category: Category, facts: SchoolFacts, *, excluded: Collection[Email], reachable: Collection[Email]
) -> tuple[Email, ...]:
    """Everybody to whom a case may be handed over: in the rows that nobody is excluded from, in their order.

    The last resort is one person and stands by itself.
    """
    start = Chain.BOARD if category.to_board else Chain.LEADERSHIP
    kept_from = {*excluded, *(facts.leadership if start is Chain.BOARD else ())}
    rows = [members(facts, chain) for chain in ORDER[ORDER.index(start) :]]
    clean = [row for row in rows[:-1] if not any(email in excluded for email in row)]
    found = [email for row in (*clean, rows[-1]) for email in row if email in reachable and email not in kept_from]
    return tuple(dict.fromkeys(found))


def row_above(
    category: Category,
    facts: SchoolFacts,
    readers: Collection[Email],
    *,
    excluded: Collection[Email],
    reachable: Collection[Email],
) -> tuple[Email, ...]:
    """Who is warned, and reads it from then on, when nobody of the leadership does anything: the board or who follows.

    Nobody, where the board reads it from the start: then those who read it are warned once more. So no case climbs on
    from row to row by itself, and what is for the board stays there.
    """
    if (
        category.code == ADVICE
        or category.to_board
        or category.board is Board.ALL
        or not set(readers) & set(facts.leadership)
    ):
        return ()
    allowed = eligible(category, facts, excluded=excluded, reachable=reachable)
    rows = (members(facts, chain) for chain in ORDER[ORDER.index(Chain.BOARD) :])
    return next((found for row in rows if (found := tuple(email for email in row if email in allowed))), ())


def _board_beside(
    chain: Chain, facts: SchoolFacts, excluded: Collection[Email], reachable: Collection[Email]
) -> tuple[Email, ...]:
    """The board beside the leadership, unless it is about somebody of the board."""
    if chain is not Chain.LEADERSHIP or any(email in excluded for email in facts.board):
        return ()
    return tuple(email for email in facts.board if email in reachable and email not in facts.leadership)
