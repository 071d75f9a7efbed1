"""Who the bot is for Google: a service account, found where google-auth looks for one."""

import google.auth
from google.auth.credentials import Credentials

CHAT_BOT = "https://www.googleapis.com/auth/chat.bot"
CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform"


def chat_credentials() -> Credentials:
    """The Chat app's own credentials (scope `chat.bot`, which delegation cannot have).

    The service-account file that GOOGLE_APPLICATION_CREDENTIALS names, else the account that App Engine runs as; raises
    google.auth.exceptions.DefaultCredentialsError when there is neither.
    """
    return _default(CHAT_BOT)


def cloud_credentials() -> Credentials:
    """The same account for Google Cloud itself (Secret Manager)."""
    return _default(CLOUD_PLATFORM)


def _default(scope: str) -> Credentials:
    found: tuple[Credentials, str | None] = google.auth.default(scopes=[scope])
    return found[0]
