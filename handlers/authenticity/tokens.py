"""Decides who calls: Google Chat in one of its three ways, or the timer of our own jobs; everybody else is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.authenticity.certificates import Certificates
from handlers.authenticity.claims import CHAT_SYSTEM, GOOGLE_ISSUERS, Claims, NotAuthentic, Reason, TokenReader


class CallerKind(StrEnum):
    """In which of its ways Google Chat called."""

    CLASSIC_URL = "classic_url"
    """A classic app whose audience is its own address."""

    CLASSIC_PROJECT = "classic_project"
    """A classic app whose audience is the project number."""

    ADDON = "addon"
    """A Workspace add-on of our own project."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Google Chat, proven."""

    kind: CallerKind


class Authenticity:
    """Checks the tokens of requests against what the settings say; `real_now` is real time, aware UTC.

    `audiences` are the addresses and project numbers that the Chat app is configured with (an audience of digits is a
    project number); without a `project_number` no add-on is let in. Raises ValueError for settings that would let
    somebody in by being empty.
    """

    def __init__(
        self,
        audiences: tuple[str, ...],
        project_number: str | None,
        certificates: Certificates,
        real_now: Callable[[], datetime],
    ) -> None:
        if not audiences or any(not audience or audience != audience.strip() for audience in audiences):
            raise ValueError("at least one audience is needed, and none may be empty or have spaces around it")
        if project_number is not None and not _is_project_number(project_number):
            raise ValueError("the project number consists of digits only")
        self._projects = frozenset(audience for audience in audiences if _is_project_number(audience))
        self._urls = frozenset(audiences) - self._projects
        self._addon_account = (
            f"service-{project_number}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com" if project_number else None
        )
        self._tokens = TokenReader(certificates, real_now)

    def verify(self, authorization_header: str | None) -> Caller:
        """Which Google Chat this is; raises NotAuthentic for anybody else.

        Source: Google's "Verify requests from Google Chat"; the kind follows from the verified token alone.
        """
        claims = self._tokens.read(authorization_header)
        if claims.issuer == CHAT_SYSTEM:
            if claims.audience not in self._projects:
                raise NotAuthentic(Reason.WRONG_AUDIENCE)
            return Caller(CallerKind.CLASSIC_PROJECT)
        if claims.audience not in self._urls:
            raise NotAuthentic(Reason.WRONG_AUDIENCE)
        if claims.email == CHAT_SYSTEM:
            kind = CallerKind.CLASSIC_URL
        elif claims.email == self._addon_account:
            kind = CallerKind.ADDON
        else:
            raise NotAuthentic(Reason.WRONG_CALLER)
        _require_verified_email(claims)
        return Caller(kind)

    def verify_job_caller(self, header: str | None, audience: str, caller_email: str) -> None:
        """Let in only this account with a token for this audience (OIDC of a timer); raises NotAuthentic."""
        if not audience or not caller_email:
            raise NotAuthentic(Reason.NOT_CONFIGURED)
        claims = self._tokens.read(header)
        if claims.issuer not in GOOGLE_ISSUERS:
            raise NotAuthentic(Reason.UNKNOWN_ISSUER)
        if claims.audience != audience:
            raise NotAuthentic(Reason.WRONG_AUDIENCE)
        if claims.email != caller_email:
            raise NotAuthentic(Reason.WRONG_CALLER)
        _require_verified_email(claims)


def _require_verified_email(claims: Claims) -> None:
    # A token without the claim is refused like one that says false. Google writes `email` and `email_verified` together
    # (IAM Credentials, generateIdToken: includeEmail), every token seen on the wire had both, and we go by the e-mail
    # alone. Should Google ever leave it out, the log says `email_not_verified`, which no other fault does.
    if not claims.email_verified:
        raise NotAuthentic(Reason.EMAIL_NOT_VERIFIED)


def _is_project_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
