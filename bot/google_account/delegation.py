"""Acts for somebody of the school where Google wants a person: with the account's key file, or without one."""

from collections.abc import Sequence

import google.auth
import google.auth.transport
from google.auth import compute_engine, iam
from google.auth.credentials import Credentials
from google.auth.transport.requests import Request
from google.oauth2 import service_account

from bot.google_account.credentials import CLOUD_PLATFORM

TOKENS_FROM = "https://oauth2.googleapis.com/token"


class DelegationImpossible(Exception):
    """The bot's account is no service account, so that nobody can let it act for them."""


def delegated_credentials(subject: str, scopes: Sequence[str]) -> Credentials:
    """Credentials of the bot's service account that act for `subject`, an address of the school.

    Raises DelegationImpossible, or google.auth.exceptions.GoogleAuthError when there is no account or no answer.
    """
    found, _ = google.auth.default(scopes=[CLOUD_PLATFORM])
    if isinstance(found, service_account.Credentials):
        acting: Credentials = found.with_scopes(list(scopes)).with_subject(subject)
        return acting
    if isinstance(found, compute_engine.Credentials):
        return signed_by_google(found, subject, scopes, Request())
    raise DelegationImpossible("this account is no service account")


def signed_by_google(
    account: compute_engine.Credentials, subject: str, scopes: Sequence[str], request: google.auth.transport.Request
) -> Credentials:
    """The same without a key file, as on App Engine: Google signs for the account.

    IAM `signBlob`; the account needs the role Service Account Token Creator on itself. Raises GoogleAuthError.
    """
    # Only with its first token the account learns its own address.
    account.refresh(request)  # type: ignore[no-untyped-call]
    email = account.service_account_email
    signer = iam.Signer(request, account, email)  # type: ignore[no-untyped-call]
    return service_account.Credentials(  # type: ignore[no-untyped-call]
        signer, email, TOKENS_FROM, scopes=list(scopes), subject=subject
    )
