"""`protocolbot answers`: what whoever looks after the question bank reads of how answers did, and nobody's name."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.school.articles import ArticleCode
from bot.storage.answers.opinions import Opinion
from bot.storage.engine import open_engine
from bot.storage.transactions import Store
from handlers.command_line import main
from tests.dialogue import environment

A6, A7 = ArticleCode("A6"), ArticleCode("A7")
LATER = datetime.now(UTC) + timedelta(days=100)


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    settings = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    assert CliRunner().invoke(main, ["migrate"], env=settings).exit_code == 0
    return settings


def run(settings: dict[str, str], *arguments: str) -> Sequence[str]:
    result = CliRunner().invoke(main, ["answers", *arguments], env=settings)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def counted(settings: dict[str, str], article: ArticleCode, kind: str, times: int) -> None:
    with Store(open_engine(settings["DATABASE_URL"])).write() as transaction:
        for _ in range(times):
            transaction.counts.add_one(article, "2026-W48", kind, LATER)


def test_a_week_is_shown_per_article_and_small_numbers_to_nobody(database: dict[str, str]) -> None:
    counted(database, A6, "shown", 12)
    counted(database, A6, "unhelpful", 4)
    counted(database, A6, "helpful", 5)
    counted(database, A7, "shown", 4)
    said = run(database, "counts", "--week", "2026-W48")
    assert said[0] == "A6   getoond 12, helpt 5, klopt niet -"
    assert said[1:] == ["Week 2026-W48: 1 artikelen. Aantallen onder de 5 ziet niemand."]
    [told] = map(json.loads, run(database, "counts", "--week", "2026-W48", "--json"))
    assert told == {"week": "2026-W48", "article": "A6", "shown": 12, "helpful": 5, "unhelpful": None}


def test_without_a_week_the_one_before_this_is_shown(database: dict[str, str]) -> None:
    year, week, _ = (datetime.now(UTC) - timedelta(days=7)).isocalendar()
    assert run(database, "counts")[-1].startswith(f"Week {year}-W{week:02}")


@pytest.mark.parametrize("week", ["48", "2026-48", "2026-W4", "morgen"])
def test_a_week_that_is_none_is_refused_with_how_to_write_it(database: dict[str, str], week: str) -> None:
    result = CliRunner().invoke(main, ["answers", "counts", "--week", week], env=database)
    assert result.exit_code == 2
    assert "2026-W48" in result.stderr


def test_opinions_are_shown_with_their_question_until_their_day(database: dict[str, str]) -> None:
    with Store(open_engine(database["DATABASE_URL"])).write() as transaction:
        transaction.opinions.add(Opinion("1", A6, "mag een sticker ook?", "over stickers staat niks", LATER))
        transaction.opinions.add(Opinion("2", A7, "", "te lang", LATER))
        transaction.opinions.add(Opinion("3", A7, "oud", "oud", datetime(2026, 1, 1, tzinfo=UTC)))
    assert run(database, "opinions") == [
        "artikel A6",
        "  gevraagd: mag een sticker ook?",
        "  gemist:   over stickers staat niks",
        "artikel A7",
        "  gemist:   te lang",
    ]
    told = [json.loads(line) for line in run(database, "opinions", "--json")]
    assert [each["article"] for each in told] == ["A6", "A7"]
    assert set(told[0]) == {"article", "question", "missed", "erased_on"}


def test_that_there_are_no_opinions_is_said(database: dict[str, str]) -> None:
    assert run(database, "opinions") == ["Er is nog geen mening achtergelaten."]


def test_a_database_that_is_not_up_to_date_is_said_so(tmp_path: Path) -> None:
    settings = environment(DATABASE_URL=f"sqlite:///{tmp_path / 'empty.db'}")
    result = CliRunner().invoke(main, ["answers", "opinions"], env=settings)
    assert result.exit_code == 1
    assert "protocolbot migrate" in result.stderr
