"""A new version of the protocol answers from its day on, by the school's clock, without anybody restarting the bot."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from structlog.testing import capture_logs

from bot.protocol.loading import RGO_PROTOCOL
from bot.protocol.reading.files import FileKind
from bot.protocol.versions import hash_of, next_version
from bot.wiring import seed_protocol
from tests.cast import KLAS_3B, SANNE
from tests.dialogue import Dialogue, start, words

SOURCE = (RGO_PROTOCOL / "protocol.txt").read_bytes().decode()
OLD_RULE = "Het is medewerkers niet toegestaan om 'vrienden' te worden met leerlingen op sociale media."
NEW_RULE = "Medewerkers en leerlingen worden op sociale media geen vrienden van elkaar."
CHANGED = SOURCE.replace(OLD_RULE, NEW_RULE)
A10 = next(line for line in SOURCE.splitlines(keepends=True) if line.startswith("10. Indien"))
QUESTION = "mag een docent vrienden worden met leerlingen op sociale media?"
TOMORROW = date(2026, 11, 25)
LAST_MINUTE = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
"""One minute to midnight at school, where it is winter."""


@pytest.fixture
def talk() -> Dialogue:
    talk = start()
    seed_protocol(talk.bot.engine, None, talk.bot.school, talk.clock.now())
    return talk


def publish(talk: Dialogue, source: str, day: date) -> None:
    with talk.bot.store.write() as transaction:
        known = transaction.protocols.all()
        assert transaction.protocols.add(next_version(f"v{day}", source, FileKind.TEXT, day, known, talk.clock.now()))
    a_minute_passes(talk)


def a_minute_passes(talk: Dialogue) -> None:
    """In real time, which the bot's look at the versions goes by."""
    talk.bot.versions._looked_at = None


def asked(talk: Dialogue) -> str:
    return words(talk.slash(SANNE, SANNE.direct, 1, QUESTION))


def test_the_new_text_is_quoted_from_midnight_at_school_with_its_day(talk: Dialogue) -> None:
    publish(talk, CHANGED, TOMORROW)
    talk.clock.moment = LAST_MINUTE
    before = asked(talk)
    assert OLD_RULE in before
    assert "versie van 1 februari 2022" in before
    talk.clock.forward(minutes=1)
    after = asked(talk)
    assert NEW_RULE in after
    assert OLD_RULE not in after
    assert "versie van 25 november 2026" in after


def test_a_version_that_counts_today_answers_within_the_minute(talk: Dialogue) -> None:
    assert OLD_RULE in asked(talk)
    publish(talk, CHANGED, date(2026, 11, 24))
    assert NEW_RULE in asked(talk)


def test_the_text_that_came_along_published_for_another_day_is_cited_with_that_day(talk: Dialogue) -> None:
    publish(talk, SOURCE, date(2026, 11, 1))
    said = asked(talk)
    assert OLD_RULE in said
    assert "versie van 1 november 2026" in said


def test_our_plain_words_are_not_said_beside_a_text_that_changed(talk: Dialogue) -> None:
    changed = SOURCE.replace("6. Het is voor betrokkenen niet", "6. Het is voor niemand")
    publish(talk, changed, date(2026, 11, 24))
    rules = words(talk.slash(SANNE, KLAS_3B, 5))
    assert talk.bot.wording.dutch("rule.A6") not in rules
    assert "6. " not in rules
    assert "Het is voor niemand" in rules
    assert talk.bot.wording.dutch("rule.A1") in rules


def test_an_article_that_moved_takes_no_plain_words_of_another_article_along(talk: Dialogue) -> None:
    lines = SOURCE.splitlines(keepends=True)
    six = next(place for place, line in enumerate(lines) if line.startswith("6. Het is voor betrokkenen"))
    lines[six], lines[six + 1] = "6" + lines[six + 1][1:], "7" + lines[six][1:]
    publish(talk, "".join(lines), date(2026, 11, 24))
    rules = words(talk.slash(SANNE, KLAS_3B, 5))
    assert talk.bot.wording.dutch("rule.A6") not in rules
    assert "opnames te maken van lessen op afstand" in rules


def test_questions_still_find_an_article_whose_number_shifted(talk: Dialogue) -> None:
    lines = SOURCE.splitlines(keepends=True)
    eight = next(place for place, line in enumerate(lines) if line.startswith("8. Het is medewerkers niet"))
    lines[eight], lines[eight + 1] = "8" + lines[eight + 1][1:], "9" + lines[eight][1:]
    publish(talk, "".join(lines), date(2026, 11, 24))
    said = asked(talk)
    assert OLD_RULE in said
    assert "artikel 9 (A9)" in said


def test_a_stored_text_that_cannot_be_read_leaves_the_running_version_and_a_number_in_the_log(talk: Dialogue) -> None:
    with talk.bot.store.write() as transaction:
        good = transaction.protocols.all()[0]
        spoilt = replace(good, id="spoilt", source="weg", source_hash=hash_of("weg"), effective_on=date(2026, 11, 24))
        transaction.protocols.add(spoilt)
    a_minute_passes(talk)
    with capture_logs() as logged:
        assert OLD_RULE in asked(talk)
    (line,) = (each for each in logged if each["event"] == "protocol.not_usable")
    assert line["log_level"] == "error"
    assert line["kind"] == "ProtocolRefused"
    assert len(line["number"]) == 6


def test_an_answer_that_was_shared_before_its_article_went_is_not_sent_afterwards(talk: Dialogue) -> None:
    answer = talk.slash(SANNE, KLAS_3B, 1, "waar moet ik grensoverschrijdende communicatie melden")
    assert "A10" in words(answer)
    talk.chat.out_of_order = 99
    talk.press(SANNE, KLAS_3B, answer, "Delen")
    publish(talk, SOURCE.replace(A10, ""), date(2026, 11, 24))
    talk.chat.out_of_order = 0
    before = len(talk.chat.posted)
    outcome = talk.minute(minutes=5)
    assert (len(talk.chat.posted) - before, outcome["put_back"]) == (0, 0)


def test_a_database_that_has_versions_is_not_seeded_again(talk: Dialogue) -> None:
    seed_protocol(talk.bot.engine, None, talk.bot.school, talk.clock.now())
    with talk.bot.store.read() as transaction:
        (only,) = transaction.protocols.all()
    assert only.source == SOURCE
    assert only.effective_on == date(2022, 2, 1)
    assert all(code == identity for code, identity in only.identities.items())


def test_nothing_goes_wrong_in_looking_for_versions(talk: Dialogue) -> None:
    with capture_logs() as logged:
        publish(talk, CHANGED, TOMORROW)
        asked(talk)
        talk.minute(hours=24)
    assert [line for line in logged if line["event"].startswith("protocol.")] == []
