"""What leaves is what the handler sees in the dialog: no id, nobody who was kept from it, no time of who is sealed."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.reports.casefile import Casefile, Entry, Reason, Step
from bot.reports.exporting.document import FORMAT, VERSION, Author, as_json
from bot.reports.ports import BlindIndex, CaseId, SealedCase, Urgency
from bot.reports.submitting import Story
from bot.reports.text import ReportText
from bot.school.calendar import SchoolCalendar
from bot.school.file import read_school
from bot.school.people import Email, UserId
from bot.wording.catalogue import Wording
from tests.dialogue import ROOT

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
OLGA, HANS = UserId("users/107"), UserId("users/108")
NAMES = {OLGA: "Olga Overzicht", HANS: "Hans Hoofd"}
BEA = Email("bea.bestuur@rgo.example")
CASE = SealedCase(CaseId("id-1"), "7KX2-M9QF", Urgency.TODAY, b"", b"", BlindIndex("index"), NOW, NOW)

HISTORY = (
    Entry(Step.ALERTED, None, NOW, to=OLGA, detail="first"),
    Entry(Step.READ, OLGA, NOW),
    Entry(Step.TAKEN, OLGA, NOW),
    Entry(Step.BUNDLED, OLGA, NOW, text=ReportText(BEA), detail="id-2 id-3"),
    Entry(Step.NOTE, OLGA, NOW, text=ReportText("Gebeld met thuis.")),
    Entry(Step.FROM_REPORTER, None, NOW, text=ReportText("Het was dinsdag.")),
    Entry(Step.URGENCY, OLGA, NOW, detail="U3"),
    Entry(Step.OFFERED, OLGA, NOW, to=HANS),
    Entry(Step.CLOSING, OLGA, NOW, detail=Reason.HANDLED.value),
    Entry(Step.EXPORTED, OLGA, NOW + timedelta(minutes=3), detail="pdf"),
)


def story(reporter: str | None, words: str = "Hij dreigde.") -> Story:
    return Story(
        category="C07",
        topic="C07",
        excluded=frozenset({BEA}),
        quiet=False,
        by_staff="nee",
        sexual="",
        goes_on="ja",
        on_behalf="ouder",
        text=ReportText(words),
        safe="ja",
        reporter=reporter,
    )


@pytest.fixture(scope="module")
def author() -> Author:
    school = read_school((ROOT / "school.toml").read_text(encoding="utf-8"))
    codes = {CaseId("id-2"): "AAAA-2222"}
    return Author(
        Wording.load().dutch,
        SchoolCalendar(school.hours),
        NAMES.__getitem__,
        lambda other: codes.get(other, "een andere zaak"),
    )


def exported(author: Author, told: Story) -> dict[str, Any]:
    document = author.write(CASE, told, Casefile(Urgency.TODAY, HISTORY), by="Olga Overzicht", now=NOW)
    content: dict[str, Any] = json.loads(as_json(document))
    return content


def test_it_says_what_it_is_who_took_it_and_when(author: Author) -> None:
    content = exported(author, story("Sanne Voorbeeld"))
    assert (content["format"], content["version"]) == (FORMAT, VERSION) == ("protocolbot.case", 1)
    assert content["exported"] == {"at": "2026-11-24T10:15:00+01:00", "by": "Olga Overzicht"}
    assert content["case"] == {"code": "7KX2-M9QF", "received": "2026-11-24T10:15:00+01:00", "closed": False}
    assert content["story"] == "Hij dreigde."


def test_every_fact_of_the_dialog_is_in_it_as_data_and_in_words(author: Author) -> None:
    facts = {
        fact["name"]: (fact["value"], fact["says"]) for fact in exported(author, story("Sanne Voorbeeld"))["facts"]
    }
    assert set(facts) == {"topic", "urgency", "handler", "on_behalf", "safe", "reporter", "goes_on", "by_staff"}
    assert facts["urgency"][0] == "U3"
    assert facts["reporter"] == ("Sanne Voorbeeld", "Sanne Voorbeeld")
    assert facts["handler"][1] == "Olga Overzicht"


def test_every_step_is_in_it_with_its_moment_and_who_took_it(author: Author) -> None:
    steps = exported(author, story("Sanne Voorbeeld"))["history"]
    assert [step["step"] for step in steps] == [entry.step.value for entry in HISTORY]
    taken, note, news, last = steps[2], steps[4], steps[5], steps[9]
    assert (taken["at"], taken["by"], taken["text"]) == ("2026-11-24T10:15:00+01:00", "Olga Overzicht", "")
    assert note["text"] == "Gebeld met thuis."
    assert (news["at"], news["by"], news["text"]) == ("2026-11-24", "Sanne Voorbeeld", "Het was dinsdag.")
    assert (last["says"], last["detail"]) == ("Heeft de zaak meegenomen: PDF.", "pdf")
    assert steps[7]["to"] == "Hans Hoofd"


@pytest.mark.parametrize("reporter", [None, "Sanne Voorbeeld"])
def test_who_must_not_read_it_and_ids_of_ours_are_nowhere_in_it(author: Author, reporter: str | None) -> None:
    content = json.dumps(exported(author, story(reporter)))
    for kept in (BEA, "id-1", "id-2", "id-3", "index", *NAMES):
        assert kept not in content
    assert "AAAA-2222, een andere zaak" in content


def test_of_a_sealed_reporter_there_is_no_name_and_the_day_only(author: Author) -> None:
    content = exported(author, story(None))
    assert content["case"]["received"] == "2026-11-24"
    facts = {fact["name"]: fact["value"] for fact in content["facts"]}
    assert facts["reporter"] == ""
    by_step = {step["step"]: step["at"] for step in content["history"]}
    assert by_step["from_reporter"] == by_step["alerted"] == "2026-11-24"
    assert by_step["taken"] == "2026-11-24T10:15:00+01:00"


def test_what_was_typed_is_in_the_data_letter_for_letter(author: Author) -> None:
    typed = 'Ö ş ґ هذا 😢 "\\ \u202e \x00 \ud83d\n2'
    assert exported(author, story("Sanne", typed))["story"] == typed


def test_a_document_does_not_show_the_words_by_accident(author: Author) -> None:
    document = author.write(CASE, story("S"), Casefile(Urgency.TODAY, HISTORY), by="Olga", now=NOW)
    assert "dreigde" not in repr(document)
    assert "dinsdag" not in repr(document)
    assert isinstance(document.history[5].at, date)
