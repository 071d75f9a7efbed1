"""The mail server's address is read as the settings promise, and never shown."""

import pytest

from bot.mail.server import MailServer, Security, ServerMalformed


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, Security.STARTTLS)),
        ("smtps://mail.example", MailServer("mail.example", 465, Security.TLS)),
        ("smtp://mail.example:2525/", MailServer("mail.example", 2525, Security.STARTTLS)),
        (
            "smtps://bot%40school.example:a%2Fb%20c@mail.example",
            MailServer("mail.example", 465, Security.TLS, "bot@school.example", "a/b c"),
        ),
    ],
)
def test_an_address_is_read(url: str, expected: MailServer) -> None:
    assert MailServer.parse(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geheim.example",
        "https://geheim.example",
        "smtp://",
        "smtp://geheim.example:many",
        "smtp://geheim.example:99999",
        "smtp://geheim@mail.example",
        "smtp://:geheim@mail.example",
        "smtp://bot:gehéim@mail.example",
        "smtp://bot:geh%C3%A9im@mail.example",
        "smtp://[geheim",
    ],
)
def test_what_cannot_be_used_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ServerMalformed) as refused:
        MailServer.parse(url)
    assert "geh" not in str(refused.value)
    assert refused.value.__context__ is None


def test_user_and_password_are_in_no_repr() -> None:
    assert "geheim" not in repr(MailServer.parse("smtp://geheim:geheim@mail.example"))
