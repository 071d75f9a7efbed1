"""Two settings make the courier for mailboxes; half of them, or an address that cannot be, stops the start."""

from datetime import UTC, datetime

import pytest

from bot.mail.opening import MailMisconfigured, open_courier
from bot.mail.ports import Mailboxes
from bot.school.people import Email, UserId

WORDS = ("Er staat iets voor je klaar", "Kijk in de chat.")


class Nobody:
    """A school without addresses."""

    def of(self, user: UserId) -> Email | None:
        """Nobody has one."""


NOBODY: Mailboxes = Nobody()


def now() -> datetime:
    return datetime(2026, 11, 24, tzinfo=UTC)


def test_without_settings_there_is_no_mail() -> None:
    assert open_courier(None, None, WORDS, NOBODY, now) is None


def test_with_both_there_is_a_courier() -> None:
    courier = open_courier("smtp://mail.example", "bot@school.example", WORDS, NOBODY, now)
    assert courier is not None
    assert courier.postman.letter.subject == WORDS[0]


@pytest.mark.parametrize(("url", "sender"), [("smtp://mail.example", None), (None, "bot@school.example")])
def test_one_without_the_other_stops_the_start(url: str | None, sender: str | None) -> None:
    with pytest.raises(MailMisconfigured, match="belong together"):
        open_courier(url, sender, WORDS, NOBODY, now)


def test_an_address_that_cannot_be_is_named_by_its_setting_and_not_shown() -> None:
    with pytest.raises(MailMisconfigured, match="SMTP_URL") as refused:
        open_courier("smtp://gebruiker-zonder-woord@mail.example", "bot@school.example", WORDS, NOBODY, now)
    assert "gebruiker" not in str(refused.value)
