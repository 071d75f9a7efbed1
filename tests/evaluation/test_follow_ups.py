"""Two questions in a row: the second is understood with the first, and a new question stays a new question."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.protocol.bank import CRISIS, load_bank
from bot.protocol.following import Lore, follow_up
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol
from bot.protocol.quoting import Quotations
from bot.school.people import Role
from tests.dialogue import rgo_protocol

DIALOGUES = Path(__file__).with_name("follow_ups.tsv")
SECOND_HAND = Path(__file__).with_name("follow_ups_second.tsv")
"""Written by somebody who had seen neither the words of going on nor the other dialogues."""

RIGHT_AT_LEAST = {DIALOGUES: 0.9, SECOND_HAND: 0.85}
TAKEN_AT_MOST = 0.01
NOTHING = "-"


@dataclass(frozen=True)
class Dialogue:
    first: str
    second: str
    role: Role
    expected: str
    also_ok: frozenset[str]


def dialogues(path: Path = DIALOGUES) -> Iterator[Dialogue]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second, role, expected, also = line.split("\t")
            yield Dialogue(first, second, Role(role), expected, frozenset(also.split(",")) - {NOTHING})


def first_cited(protocol: LoadedProtocol, lore: Lore, dialogue: Dialogue) -> str:
    """The article on top after the second question; `-` when there is none."""
    quotations = Quotations(protocol.document, protocol.reviewed)
    before = protocol.answer(dialogue.first, dialogue.role, "nl")
    alone = protocol.answer(dialogue.second, dialogue.role, "nl")
    earlier = [quotation.citation.code for quotation in before.citations]
    understood = follow_up(
        dialogue.second,
        earlier,
        dialogue.role,
        alone,
        document=protocol.document,
        is_reviewed=quotations.is_reviewed,
        lore=lore,
    )
    cited = understood.citations if understood is not None else alone.citations
    return cited[0].citation.code if cited else NOTHING


@pytest.fixture(scope="module")
def lore() -> Lore:
    return Lore.load(RGO_PROTOCOL)


@pytest.mark.parametrize("path", RIGHT_AT_LEAST, ids=lambda path: path.stem)
def test_there_are_enough_dialogues_to_tell_something(path: Path) -> None:
    lines = list(dialogues(path))
    assert len(lines) >= 70
    assert len({(line.first, line.second, line.role) for line in lines}) == len(lines)


def test_a_question_of_its_own_is_hardly_ever_taken_for_going_on(lore: Lore) -> None:
    """Every thirtieth question of the bank, asked after an answer about something else."""
    protocol = rgo_protocol()
    bank = load_bank(RGO_PROTOCOL / "bank", {article.code for article in protocol.document.articles})
    asked = [example for example in (*bank.articles, *bank.intents) if example.label not in {"A6", CRISIS}][::30]
    taken = []
    for example in asked:
        dialogue = Dialogue("A6", example.text, Role.PUPIL, example.label, frozenset(example.also))
        by_itself = protocol.answer(example.text, Role.PUPIL, "nl").citations
        alone = by_itself[0].citation.code if by_itself else NOTHING
        found = first_cited(protocol, lore, dialogue)
        if found not in {alone, example.label, *example.also}:
            taken.append(f"{example.text}: {found}, expected {example.label}")
    assert len(asked) > 70
    assert len(taken) / len(asked) <= TAKEN_AT_MOST, "\n".join(taken)


@pytest.mark.parametrize("path", RIGHT_AT_LEAST, ids=lambda path: path.stem)
def test_nearly_every_second_question_is_understood(lore: Lore, path: Path) -> None:
    wrong = []
    lines = list(dialogues(path))
    for line in lines:
        found = first_cited(rgo_protocol(), lore, line)
        if found not in {line.expected, *line.also_ok}:
            wrong.append(f"{line.first} / {line.second}: {found}, expected {line.expected}")
    assert 1 - len(wrong) / len(lines) >= RIGHT_AT_LEAST[path], "\n".join(wrong)
