"""Who is told in the chat that something waits gets a mail as well, which says that and nothing else."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from tests.cast import BEA, BRAM, CARLA, OLGA, SANNE
from tests.dialogue import Dialogue, start
from tests.fakes.mail_server import HOST, Mailroom, certificate_for, mail_server
from tests.scenarios.test_alerts import reported

TEXT = (
    "Er staat iets voor je klaar in de chat met de Protocolbot.\r\n\r\n"
    "Open Google Chat en kijk in je gesprek met de Protocolbot."
)

SENDER = "protocolbot@rgo.example"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / f"{HOST}.pem"))
    with mail_server(Mailroom(), starttls=certificate.server) as running:
        yield running


@pytest.fixture
def talk(room: Mailroom) -> Dialogue:
    address = f"smtp://bot:geheim-woord@{HOST}:{room.port}"
    return start(dialect=Dialect.CLASSIC, SMTP_URL=address, SMTP_FROM=SENDER)


def read(mail: bytes) -> tuple[str, str, str]:
    """To whom, the subject and the text."""
    parsed: Message = message_from_bytes(mail)
    text = parsed.get_payload(decode=True)
    assert isinstance(text, bytes)
    return str(parsed["To"]), str(parsed["Subject"]), text.decode().strip()


def test_whoever_is_alerted_about_an_urgent_report_gets_a_mail_in_the_next_minute(
    talk: Dialogue, room: Mailroom
) -> None:
    reported(talk, story="Iemand met de naam Zwartkopje wil geld")
    assert room.mails == [], "a person who presses a button does not wait for a mail server"
    talk.minute()
    # The three of the board have a copy: that it exists, without its story.
    assert {read(mail)[0] for mail in room.mails} == {OLGA.email, BEA.email, BRAM.email, CARLA.email}
    assert {read(mail)[1:] for mail in room.mails} == {("Er staat iets voor je klaar", TEXT)}
    assert not any(b"Zwartkopje" in mail or SANNE.email.encode() in mail for mail in room.mails)
    talk.minute()
    assert len(room.mails) == 4, "once each"


def test_a_reporter_never_gets_a_mail(talk: Dialogue, room: Mailroom) -> None:
    reported(talk)
    for _ in range(40):
        talk.minute(minutes=1)
    told = {read(mail)[0] for mail in room.mails}
    assert len(told) > 1, "the deputy and the board were alerted too"
    assert SANNE.email not in told


def test_a_mail_that_does_not_arrive_keeps_nobody_from_the_message(talk: Dialogue, room: Mailroom) -> None:
    room.answers["RCPT"] = "451 busy"
    reported(talk)
    talk.minute()
    assert len(talk.chat.in_space(OLGA.direct)) == 1
    assert room.mails == []
    # The alarm and the heartbeat go by the messages: those are there.
    talk.minute(minutes=14)


def test_a_mail_that_arrives_does_not_say_to_the_reporter_that_the_report_did(talk: Dialogue, room: Mailroom) -> None:
    talk.chat.out_of_order = 10_000
    reported(talk)
    with talk.bot.store.read() as transaction:
        [case] = transaction.reports.to_look_at(talk.clock.moment.replace(year=2027), 5)
    with talk.bot.store.read() as transaction:
        assert not transaction.deliveries.reached(case.id, talk.clock.moment)
