"""Asks Google itself: does it know the bot, may the bot look around, and are the readers of reports within reach."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from bot.checkup.findings import Finding, error, warning
from bot.google_chat.client import ChatCallFailed, ListedSpace
from bot.school.accounts.ports import Account, AccountsUnknown
from bot.school.people import UserId
from bot.school.spaces import SpaceName

# Names that Google gives to what went wrong (google.rpc.ErrorInfo, google.auth), with what to do about each.
_KNOWN = (
    (
        "SERVICE_DISABLED",
        "chat_api_uit",
        "De Google Chat API staat uit in dit project.",
        "Zet hem aan: Google Cloud, API's en services, Google Chat API.",
    ),
    (
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "google_bereik",
        "Het account van de bot mag niet in Google Chat.",
        "Gebruik het serviceaccount van de Chat-app; de bot vraagt zelf om chat.bot.",
    ),
    (
        "RefreshError",
        "google_token",
        "Google geeft de bot geen toegang: de sleutel van het account werkt niet meer.",
        "Maak een nieuwe sleutel, of haal GOOGLE_APPLICATION_CREDENTIALS weg op App Engine.",
    ),
    (
        "PERMISSION_DENIED",
        "google_weigert",
        "Google weigert de bot. De Chat-app is misschien nog niet ingesteld.",
        "Vul de instellingen van de Chat-app in, zoals in deploy/runbook.md.",
    ),
)


class Chat(Protocol):
    """What is asked of Google Chat."""

    def list_spaces(self, timeout: float = ...) -> Sequence[ListedSpace]:
        """The spaces that the bot is in; raises ChatCallFailed."""
        ...

    def find_direct_message(self, user: UserId, timeout: float = ...) -> SpaceName | None:
        """Somebody's direct message with the bot; raises ChatCallFailed."""
        ...


def check_chat(chat: Chat, readers: Sequence[UserId]) -> Iterator[Finding]:
    """Whether Google Chat answers the bot; `readers` are those who read reports and have spoken with it before."""
    try:
        spaces = chat.list_spaces()
        lost = sum(chat.find_direct_message(user) is None for user in readers)
    except ChatCallFailed as problem:
        yield _about(str(problem))
        return
    if not spaces:
        yield warning(
            "geen_ruimtes",
            "Google Chat antwoordt. De bot zit nog in geen enkele groep.",
            "Voeg de bot toe aan één groep om mee te beginnen.",
        )
    if lost:
        yield error(
            "gesprek_weg",
            f"{lost} van wie meldingen leest, heeft bij Google geen gesprek meer met de bot.",
            "Laat de beheerder van Google de app bij hen installeren, of vraag hun de bot een keer iets te sturen.",
        )


def check_accounts(look: Callable[[], Sequence[Account]]) -> Iterator[Finding]:
    """Whether Google shows the accounts of the school, whose units and groups give roles."""
    try:
        found = look()
    except AccountsUnknown as problem:
        yield error(
            "gids", f"De gids van Google is niet te lezen. {problem}", "Daarna geeft doctor --live hier niets meer."
        )
        return
    if not found:
        yield warning("gids_leeg", "De gids van Google is leeg.", "Kijk wie DIRECTORY_SUBJECT is en wat die mag zien.")


def no_account() -> Finding:
    """There is nothing to ask Google with."""
    return error(
        "google_geen_account",
        "Hier is geen account waarmee de bot met Google kan praten.",
        "Zet in GOOGLE_APPLICATION_CREDENTIALS waar het sleutelbestand staat; op App Engine hoeft dat niet.",
    )


def _about(told: str) -> Finding:
    for name, key, what, fix in _KNOWN:
        if name in told:
            return error(key, what, fix)
    return error(
        "google_antwoordt_niet",
        "Google Chat antwoordt nu niet.",
        "Kijk of deze machine bij chat.googleapis.com kan, en probeer het over een paar minuten nog eens.",
    )
