"""Opens the school's directory as somebody who may see it."""

from google.auth.exceptions import GoogleAuthError

from bot.directory.accounts import SCOPES, GoogleAccounts
from bot.google_account.delegation import DelegationImpossible, delegated_credentials
from bot.school.accounts.ports import AccountsUnknown


def open_accounts(subject: str | None, endpoint: str | None) -> GoogleAccounts:
    """The directory as `subject` sees it (DIRECTORY_SUBJECT); raises AccountsUnknown, which says what to do."""
    if subject is None:
        raise AccountsUnknown("Zet in DIRECTORY_SUBJECT het adres van wie alle accounts mag zien.")
    try:
        credentials = delegated_credentials(subject, SCOPES)
    except (GoogleAuthError, DelegationImpossible):
        raise AccountsUnknown("Er is geen serviceaccount dat namens DIRECTORY_SUBJECT mag kijken.") from None
    return GoogleAccounts(credentials, endpoint)
