"""Fetches what must not stand in a file or an environment variable from Google's Secret Manager."""

import base64
import binascii

from google.auth.credentials import Credentials

from bot.google_account.apis import build_api
from bot.google_account.calls import CallFailed, Calls
from bot.google_account.credentials import cloud_credentials

_SECONDS = 10.0


class SecretUnavailable(Exception):
    """A secret could not be fetched; the sentence says which and what to do, never what is in it."""


def fetch_secret(name: str, *, credentials: Credentials | None = None, endpoint: str | None = None) -> str:
    """The value of `projects/P/secrets/S/versions/N`, as text.

    Google `secretmanager.projects.secrets.versions.access`; needs the role Secret Manager Secret Accessor. Raises
    SecretUnavailable.
    """
    service = build_api("secretmanager", "v1", endpoint)
    versions = service.projects().secrets().versions()
    calls = Calls(credentials or cloud_credentials())
    try:
        answer = calls.carry_out(lambda: versions.access(name=name), timeout=_SECONDS)
        return base64.b64decode(answer["payload"]["data"], validate=True).decode()
    except CallFailed as failure:
        why = str(failure)
    except (KeyError, TypeError, binascii.Error, UnicodeDecodeError):
        why = "the answer held no readable text"
    finally:
        calls.close()
    raise SecretUnavailable(
        f"The secret {name} could not be read ({why}). Check that it exists, and that the bot's service account has "
        "the role Secret Manager Secret Accessor on it."
    )
