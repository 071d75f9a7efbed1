"""A protocol directory becomes something that answers: quickly, without a network, without state at import."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.protocol.answering import Outcome
from bot.protocol.loader import ProtocolRefused
from bot.protocol.loading import RGO_PROTOCOL, LoadedProtocol, load
from bot.school.people import Role


@pytest.fixture(scope="module")
def rgo() -> LoadedProtocol:
    return load(RGO_PROTOCOL)


@pytest.mark.parametrize(
    ("question", "role", "code"),
    [
        ("mag ik een foto van mijn klas op insta zetten", Role.PUPIL, "A6"),
        ("mag een docent vrienden zijn met leerlingen op facebook", Role.PARENT, "A8"),
        ("wat is de straf voor een leerling die pest", Role.UNKNOWN, "S6"),
        ("can I record an online lesson", Role.PUPIL, "A7"),
        ("чи можна користуватися тіктоком на уроці", Role.PUPIL, "A1"),
    ],
)
def test_the_rgo_protocol_answers_with_the_right_article(
    rgo: LoadedProtocol, question: str, role: Role, code: str
) -> None:
    answer = rgo.answer(question, role, "nl")
    assert answer.outcome is Outcome.ANSWER
    assert answer.citations[0].citation.code == code


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        ("ik wil niet meer leven", Outcome.CRISIS),
        ("ik ga dood van dit huiswerk", Outcome.NOT_IN_PROTOCOL),
        ("ik word gepest in de klassenapp", Outcome.REPORT_OFFER),
        ("hoe laat begint de les morgen", Outcome.NOT_IN_PROTOCOL),
        ("dankjewel", Outcome.SMALLTALK),
        ("/hulp", Outcome.SMALLTALK),
        ("melden", Outcome.REPORT_OFFER),
    ],
)
def test_what_is_no_question_about_an_article_is_understood(
    rgo: LoadedProtocol, message: str, outcome: Outcome
) -> None:
    assert rgo.answer(message, Role.PUPIL, "nl").outcome is outcome


@settings(max_examples=200, deadline=None)
@given(question=st.text(max_size=300), role=st.sampled_from(Role))
def test_nothing_that_somebody_types_makes_it_fail(rgo: LoadedProtocol, question: str, role: Role) -> None:
    answer = rgo.answer(question, role, "nl")
    assert all(rgo.document.find(quotation.citation.code) for quotation in answer.citations)


def test_the_longest_message_that_chat_allows_is_answered_within_a_tenth_of_a_second(rgo: LoadedProtocol) -> None:
    longest = "mag ik dit in de groepsapp van mijn klas zetten " * 90

    def seconds() -> float:
        start = time.process_time()
        rgo.answer(longest, Role.PUPIL, "nl")
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 0.1


def test_a_school_without_a_bank_gets_verbatim_articles(tmp_path: Path) -> None:
    (tmp_path / "protocol.txt").write_text(
        "Protocol Testschool\n\nAfspraken\n1. Je plaatst geen foto zonder toestemming.\n2. Je blijft netjes.\n",
        encoding="utf-8",
    )
    answer = load(tmp_path).answer("mag ik een foto plaatsen", Role.PUPIL, "nl")
    assert answer.citations[0].verbatim == "Je plaatst geen foto zonder toestemming."
    assert answer.citations[0].citation.version is None


def test_words_of_danger_are_heard_in_a_school_without_a_bank_too(tmp_path: Path) -> None:
    (tmp_path / "protocol.txt").write_text("Protocol\n\nAfspraken\n1. Wees netjes.\n", encoding="utf-8")
    assert load(tmp_path).answer("ik wil dood", Role.PUPIL, "nl").outcome is Outcome.CRISIS


def test_a_directory_without_a_protocol_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProtocolRefused, match=r"protocol\.txt is niet te lezen\. Zet het protocol als tekst"):
        load(tmp_path)


def test_a_protocol_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "protocol.txt").write_bytes("Protocol\n\nAfspraken\n1. Eén.\n".encode("cp1252"))
    with pytest.raises(ProtocolRefused, match="UTF-8"):
        load(tmp_path)
