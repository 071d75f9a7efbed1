"""A timer outside App Engine proves itself with Google's own token; nobody else starts a job."""

from typing import Any

import pytest

from handlers.authenticity.claims import NotAuthentic, Reason
from tests.handlers.authenticity.signing import URL, Door, addon_claims, classic_project_claims

JOBS = "https://bot.school.example/jobs"
TIMER = "timer@school-project.iam.gserviceaccount.com"


def test_the_timer_is_let_in(our_door: Door) -> None:
    token = our_door.google.token(addon_claims(aud=JOBS, email=TIMER))
    our_door.authenticity.verify_job_caller(f"Bearer {token}", JOBS, TIMER)
    assert our_door.addresses.asked, "it was let in because of a key, not for want of a check"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"aud": URL}, Reason.WRONG_AUDIENCE),
        ({"aud": [JOBS]}, Reason.WRONG_AUDIENCE),
        ({"aud": None}, Reason.WRONG_AUDIENCE),
        ({"email": "timer@other-project.iam.gserviceaccount.com"}, Reason.WRONG_CALLER),
        ({"email": None}, Reason.WRONG_CALLER),
        ({"email_verified": False}, Reason.EMAIL_NOT_VERIFIED),
        ({"email_verified": None}, Reason.EMAIL_NOT_VERIFIED),
        ({"exp": 1}, Reason.EXPIRED),
    ],
)
def test_anybody_else_is_not(our_door: Door, changes: dict[str, Any], reason: Reason) -> None:
    token = our_door.google.token(addon_claims(**{"aud": JOBS, "email": TIMER, **changes}))
    with pytest.raises(NotAuthentic) as refused:
        our_door.authenticity.verify_job_caller(f"Bearer {token}", JOBS, TIMER)
    assert refused.value.reason is reason


def test_chats_own_account_starts_no_job(our_door: Door) -> None:
    token = our_door.chat.token(classic_project_claims(aud=JOBS, email=TIMER, email_verified=True))
    with pytest.raises(NotAuthentic) as refused:
        our_door.authenticity.verify_job_caller(f"Bearer {token}", JOBS, TIMER)
    assert refused.value.reason is Reason.UNKNOWN_ISSUER


@pytest.mark.parametrize(("audience", "caller"), [("", TIMER), (JOBS, ""), ("", "")])
def test_nobody_starts_a_job_while_the_settings_name_no_timer(our_door: Door, audience: str, caller: str) -> None:
    token = our_door.google.token(addon_claims(aud=audience, email=caller))
    with pytest.raises(NotAuthentic) as refused:
        our_door.authenticity.verify_job_caller(f"Bearer {token}", audience, caller)
    assert refused.value.reason is Reason.NOT_CONFIGURED


def test_no_token_starts_no_job(our_door: Door) -> None:
    with pytest.raises(NotAuthentic) as refused:
        our_door.authenticity.verify_job_caller(None, JOBS, TIMER)
    assert refused.value.reason is Reason.MISSING
