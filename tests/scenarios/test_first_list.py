"""A new school: everybody who will read reports sees the whole list and confirms it before anybody can report."""

from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from tests.cast import ARIE, BEA, EVERYBODY, HANS, KARIN, OLGA, SANNE
from tests.dialogue import ROOT, Dialogue, dialog, start, words
from tests.scenarios.reading import inbox_of
from tests.wire_events import Json, Someone


@pytest.fixture(params=list(Dialect))
def talk(tmp_path: Path, request: pytest.FixtureRequest) -> Dialogue:
    file = tmp_path / "school.toml"
    said = (ROOT / "school.toml").read_text(encoding="utf-8")
    file.write_text(said.replace("demo = true\n", ""), encoding="utf-8")
    return start(dialect=request.param, SCHOOL_FILE=str(file))


def readers(talk: Dialogue) -> list[Someone]:
    listed = talk.bot.known.in_force().seats.recipients
    return [who for who in EVERYBODY if who.email in listed]


def list_of(talk: Dialogue, who: Someone) -> Json:
    return talk.press(who, who.direct, inbox_of(talk, who), "Wie meldingen leest", dialog=True)


def confirm(talk: Dialogue, who: Someone) -> str:
    return words(dialog(talk.press(who, who.direct, list_of(talk, who), "Ja, de lijst klopt", dialog=True)))


def can_report(talk: Dialogue) -> bool:
    return "Pesten of buitensluiten" in words(talk.slash(SANNE, SANNE.direct, 3, dialog=True))


def test_nobody_can_report_before_everybody_confirmed_and_then_they_can(talk: Dialogue) -> None:
    assert len(readers(talk)) == 9
    for who in readers(talk):
        assert not can_report(talk)
        said = confirm(talk, who)
        assert "Je hebt bevestigd" in said
    assert "We wachten nog op" not in said
    assert can_report(talk)
    assert "bevestigd" not in words(inbox_of(talk, OLGA))


def test_the_list_shows_all_rows_and_who_is_still_missing(talk: Dialogue) -> None:
    page = words(dialog(list_of(talk, OLGA)))
    for name in ("Hans Hoofd", "Bea Bestuur", "Tom Toezicht", "Vera Vertrouwen", "Piet Pen"):
        assert name in page
    left = confirm(talk, OLGA).partition("We wachten nog op: ")[2]
    assert left.startswith("Hans Hoofd, Bea Bestuur")
    assert "Olga" not in left.partition("Zaken")[0]


def test_each_of_them_hears_once_that_something_waits_and_nobody_else(talk: Dialogue) -> None:
    before = {who.name: len(talk.chat.in_space(who.direct)) for who in EVERYBODY}
    for _ in range(3):
        talk.minute(minutes=5)
    heard = {who.name for who in EVERYBODY if len(talk.chat.in_space(who.direct)) == before[who.name] + 1}
    assert heard == {who.name for who in readers(talk)}


def test_an_admin_cannot_confirm_for_somebody(talk: Dialogue) -> None:
    page = list_of(talk, HANS)
    for somebody in (ARIE, SANNE):
        pressed = talk.press(somebody, somebody.direct, page, "Ja, de lijst klopt", dialog=True)
        assert "niet voor jou" in words(pressed)
    assert talk.bot.known.in_force().confirmed == frozenset()


def test_a_line_manager_who_reads_no_reports_does_not_see_the_list(talk: Dialogue) -> None:
    assert "niet voor jou" in words(
        talk.press(KARIN, KARIN.direct, list_of(talk, BEA), "Ja, de lijst klopt", dialog=True)
    )
