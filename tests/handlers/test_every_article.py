"""Every article of the protocol can be asked for, from the signed event to a card that Google takes."""

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from tests.cast import SANNE
from tests.dialogue import rgo_protocol, words
from tests.google_schema import check_reply
from tests.handlers.door import APPS, Door, open_door
from tests.wire_events import Wires

QUESTIONS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "article_questions.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
EACH = 3


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with open_door() as opened:
        yield opened


def in_one_line(text: str) -> str:
    """The words of a text; a card breaks its lines and a table's columns where it wants."""
    return " ".join(unescape(text).replace("<br>", " ").split())


def test_there_are_three_questions_for_each_article() -> None:
    codes = [article.code for article in rgo_protocol().document.articles]
    assert sorted(code for code, _ in QUESTIONS) == sorted(codes * EACH)


@pytest.mark.parametrize(("code", "question"), QUESTIONS, ids=[f"{code}: {asked}" for code, asked in QUESTIONS])
def test_each_question_reaches_its_article_as_a_valid_card_that_quotes_it(door: Door, code: str, question: str) -> None:
    app = APPS["add-on" if len(question) % 2 else "classic by address"]
    dialect = Dialect(app.dialect.value)
    event = Wires(dialect).typed(SANNE, SANNE.direct, question)
    status, body = door.send(event, f"Bearer {door.token(app)}")
    assert status == 200
    answer = json.loads(body)
    check_reply(answer, dialect)
    article = next(article for article in rgo_protocol().document.articles if article.code == code)
    assert f"({code})" in words(answer)
    assert in_one_line(article.text) in in_one_line(words(answer))
