"""Asks Google Classroom who is in a course, as somebody of the school who may see that."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from google.auth.credentials import Credentials

from bot.google_account.apis import build_api
from bot.google_account.calls import CallFailed, Calls
from bot.groups.rosters.ports import CourseUnknown, Enrolled

SCOPES = (
    "https://www.googleapis.com/auth/classroom.rosters.readonly",
    "https://www.googleapis.com/auth/classroom.profile.emails",
)
"""Rosters and the addresses in them, to read only; delegation is granted for exactly these two."""

_PAGE = 100
_PAGES_AT_MOST = 50
_SECONDS = 10.0

_WHAT_TO_DO: Mapping[int | None, str] = {
    HTTPStatus.NOT_FOUND: "Dit vak bestaat niet in Google Classroom. Kijk naar het nummer van het vak.",
    HTTPStatus.FORBIDDEN: "Google Classroom weigert. Mag het account van DIRECTORY_SUBJECT dit vak zien?",
    HTTPStatus.UNAUTHORIZED: "Google kent de machtiging niet. Geef het serviceaccount delegatie voor Classroom.",
}
_OTHERWISE = "Google Classroom antwoordt nu niet. Probeer het later nog eens."


class ClassroomCourses:
    """A `bot.groups.rosters.ports.Courses` over Google `courses.students.list`.

    The credentials act for somebody (delegation) with SCOPES; `endpoint` in place of Google's address.
    """

    def __init__(self, credentials: Credentials, endpoint: str | None = None) -> None:
        self._students = build_api("classroom", "v1", endpoint).courses().students()
        self._calls = Calls(credentials)

    def pupils_of(self, course: str) -> Sequence[Enrolled]:
        """The pupils of the course with this id (Google `Course.id`, or its alias); raises CourseUnknown."""
        found: list[Enrolled] = []
        token: str | None = None
        for _ in range(_PAGES_AT_MOST):
            page = self._page(course, token)
            found.extend(_enrolled(student) for student in page.get("students", ()))
            token = page.get("nextPageToken")
            if not token:
                return found
        # A list without its end would make pupils miss from their class.
        raise CourseUnknown(_OTHERWISE)

    def close(self) -> None:
        """Close the connections."""
        self._calls.close()

    def _page(self, course: str, token: str | None) -> Mapping[str, Any]:
        status: int | None = None
        try:
            answer: Mapping[str, Any] = self._calls.carry_out(
                lambda: self._students.list(courseId=course, pageSize=_PAGE, pageToken=token), timeout=_SECONDS
            )
        except CallFailed as failure:
            status = failure.status
        else:
            return answer
        raise CourseUnknown(_WHAT_TO_DO.get(status, _OTHERWISE))


def _enrolled(student: Mapping[str, Any]) -> Enrolled:
    profile = student.get("profile", {})
    return Enrolled(email=profile.get("emailAddress", ""), name=profile.get("name", {}).get("fullName", ""))
