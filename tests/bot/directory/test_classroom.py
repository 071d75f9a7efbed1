"""Who is in a course of Google Classroom: all pages or nothing, and only fields that Google describes."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from googleapiclient.discovery_cache import get_static_doc

from bot.directory.classroom import SCOPES, ClassroomCourses
from bot.groups.rosters.ports import CourseUnknown, Enrolled
from tests.fakes.google_server import Answer, GoogleServer, error, google_server

Json = dict[str, Any]

STUDENT: Json = {
    "courseId": "123",
    "userId": "101",
    "profile": {
        "id": "101",
        "name": {"givenName": "Sanne", "familyName": "Voorbeeld", "fullName": "Sanne Voorbeeld"},
        "emailAddress": "sanne.voorbeeld@leerling.school.example",
    },
}
WITHOUT_ADDRESS: Json = {"userId": "102", "profile": {"id": "102", "name": {"fullName": "Daan Proefpersoon"}}}


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with google_server() as server:
        yield server


@pytest.fixture
def courses(google: GoogleServer) -> Iterator[ClassroomCourses]:
    made = ClassroomCourses(google.credentials(), google.address)
    yield made
    made.close()


def test_pupils_come_from_all_pages(courses: ClassroomCourses, google: GoogleServer) -> None:
    google.answers.append(Answer(200, {"students": [STUDENT], "nextPageToken": "verder"}))
    google.answers.append(Answer(200, {"students": [WITHOUT_ADDRESS]}))
    assert courses.pupils_of("123") == [
        Enrolled("sanne.voorbeeld@leerling.school.example", "Sanne Voorbeeld"),
        Enrolled("", "Daan Proefpersoon"),
    ]
    assert google.seen[0].path.startswith("/v1/courses/123/students?")
    assert "pageToken=verder" in google.seen[1].path
    assert "Sanne" not in repr(Enrolled("", "Sanne"))


def test_an_empty_course_has_nobody(courses: ClassroomCourses, google: GoogleServer) -> None:
    google.answers.append(Answer(200, {}))
    assert courses.pupils_of("123") == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(404, "NOT_FOUND"), "bestaat niet"),
        (error(403, "PERMISSION_DENIED"), "DIRECTORY_SUBJECT"),
        (error(503, "UNAVAILABLE"), "later"),
        (Answer(200, b"<html>a page of something in between</html>"), "later"),
    ],
)
def test_what_google_refuses_is_told_with_what_to_do(
    courses: ClassroomCourses, google: GoogleServer, answer: Answer, words: str
) -> None:
    google.answers.append(Answer(200, {"students": [STUDENT], "nextPageToken": "verder"}))
    google.answers.append(answer)
    with pytest.raises(CourseUnknown, match=words) as unknown:
        courses.pupils_of("123")
    assert "Sanne" not in str(unknown.value)


def test_what_the_fake_answers_is_what_google_describes() -> None:
    described = json.loads(get_static_doc("classroom", "v1") or "{}")  # type: ignore[no-untyped-call]
    schemas = described["schemas"]
    for student in (STUDENT, WITHOUT_ADDRESS):
        assert unknown_fields(student, schemas["Student"], schemas) == []
    method = described["resources"]["courses"]["resources"]["students"]["methods"]["list"]
    assert {"courseId", "pageSize", "pageToken"} <= method["parameters"].keys()
    assert {"students", "nextPageToken"} <= schemas[method["response"]["$ref"]]["properties"].keys()
    assert SCOPES[0] in method["scopes"]
    assert set(SCOPES) <= described["auth"]["oauth2"]["scopes"].keys()


def unknown_fields(value: Json, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[str]:
    wrong = [key for key in value if key not in schema["properties"]]
    for key, inner in value.items():
        reference = schema["properties"].get(key, {}).get("$ref")
        if isinstance(inner, dict) and reference is not None:
            wrong += unknown_fields(inner, schemas[reference], schemas)
    return wrong
