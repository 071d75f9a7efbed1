"""POST /chat/events over HTTP: Google and nobody else comes in, and whoever comes in always gets a 200."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.school.spaces import Dialect as SpokenDialect
from simulator.google.signing import Wrong
from simulator.records import Audience, ChatApp, Dialect
from tests.cast import ARIE, OLGA, SANNE
from tests.dialogue import ADDRESS
from tests.google_schema import check_reply
from tests.handlers.door import APPS, Door, open_door
from tests.wire_events import Someone, Somewhere, Wires

EVENTS = Path(__file__).parents[3] / "shared" / "chat-events"


class Unread(io.RawIOBase):
    """A body that counts how often anybody asks for some of it."""

    asked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        self.asked += 1
        return 0


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with open_door() as opened:
        yield opened


def kept(door: Door) -> tuple[object, ...]:
    """Everything that is stored, and everything that was posted."""
    with door.talk.bot.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables}  # noqa: S608 - our own tables
    return rows, list(door.talk.chat.posted)


def question(dialect: Dialect) -> bytes:
    return Wires(SpokenDialect(dialect.value)).typed(SANNE, SANNE.direct, "mag ik appen in de les?")


@pytest.mark.parametrize("kind", APPS)
def test_google_comes_in_in_each_of_its_three_ways(door: Door, kind: str) -> None:
    app = APPS[kind]
    status, body = door.send(question(app.dialect), f"Bearer {door.token(app)}")
    assert status == 200
    check_reply(json.loads(body), SpokenDialect(app.dialect.value))


@pytest.mark.parametrize("kind", APPS)
@pytest.mark.parametrize("wrong", list(Wrong))
def test_a_spoilt_token_gets_401_and_nothing_else(door: Door, kind: str, wrong: Wrong) -> None:
    if wrong is Wrong.EMAIL_NOT_VERIFIED and kind == "classic by project number":
        # This token carries no e-mail address that could be unverified.
        assert door.send(question(Dialect.CLASSIC), f"Bearer {door.token(APPS[kind], wrong)}")[0] == 200
        return
    assert door.send(question(APPS[kind].dialect), f"Bearer {door.token(APPS[kind], wrong)}") == (401, b"")


def test_another_projects_add_on_is_not_ours(door: Door) -> None:
    other = ChatApp(ADDRESS, Dialect.ADDON, "999999999999", Audience.ENDPOINT)
    assert door.send(question(Dialect.ADDON), f"Bearer {door.token(other)}") == (401, b"")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Bearer a.b.c", "Basic dXNlcjpwYXNz", "ÿ" * 300])
def test_no_token_and_garbage_get_401_and_nothing_else(door: Door, header: str | None) -> None:
    assert door.send(question(Dialect.CLASSIC), header) == (401, b"")


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[1,2]", b'"text"', b"{}", b'{"type":"SOMETHING_NEW"}', b"\xff\xfe"]
)
def test_after_the_proof_an_unknown_event_gets_an_empty_answer(door: Door, body: bytes) -> None:
    assert door.send(body, f"Bearer {door.token(APPS['classic by address'])}") == (200, b"{}")


def test_the_body_of_somebody_unproven_is_not_even_read(door: Door) -> None:
    unread = Unread()
    sent = {"wsgi.input": unread, "CONTENT_LENGTH": "500000"}
    answer = door.client.post("/chat/events", environ_overrides=sent)
    assert (answer.status_code, answer.data) == (401, b"")
    assert unread.asked == 0


def test_after_the_proof_a_body_larger_than_any_event_gets_an_empty_answer(door: Door) -> None:
    token = door.token(APPS["classic by address"])
    assert door.send(b'{"type": "' + b"x" * 2_000_000 + b'"}', f"Bearer {token}") == (200, b"{}")


@pytest.mark.parametrize("kind", APPS)
def test_a_forged_event_leaves_nothing_behind(door: Door, kind: str) -> None:
    wires = Wires(SpokenDialect(APPS[kind].dialect.value))
    newcomer = Someone(777, "Nieuwe Leerling", "nieuwe.leerling@leerling.rgo.example")
    place = Somewhere("spaces/FORGED", "SPACE", "Verzonnen groep")
    before = kept(door)
    for body in (
        wires.typed(newcomer, newcomer.direct, "hoi"),
        wires.added(newcomer, newcomer.direct, admin_installed=True),
        wires.added(OLGA, place),
        wires.removed(OLGA, OLGA.direct),
        wires.press(ARIE, ARIE.direct, "group.approve", {"group": "x"}),
    ):
        assert door.send(body, f"Bearer {door.token(APPS[kind], Wrong.FOREIGN_KEY)}") == (401, b"")
    assert kept(door) == before
    # The same event with a good token does leave something, or this test could not fail.
    door.send(wires.typed(newcomer, newcomer.direct, "hoi"), f"Bearer {door.token(APPS[kind])}")
    assert kept(door) != before
    door.talk.send(wires.removed(newcomer, newcomer.direct))
    with door.talk.bot.engine.begin() as connection:
        connection.execute(text("DELETE FROM people WHERE email = :email"), {"email": newcomer.email})


@pytest.mark.skipif(not EVENTS.is_dir(), reason="Google's example events are not beside this checkout")
@pytest.mark.parametrize(
    "path", sorted(EVENTS.rglob("event-*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_event_of_google_gets_a_valid_answer_in_its_own_dialect(door: Door, path: Path) -> None:
    app = APPS["add-on" if path.parent.name == "addon" else "classic by address"]
    status, body = door.send(path.read_bytes(), f"Bearer {door.token(app)}")
    assert status == 200
    check_reply(json.loads(body), SpokenDialect(app.dialect.value))


@pytest.mark.parametrize("route", ["/health", "/ready", "/_ah/warmup"])
def test_open_routes_say_only_whether_the_bot_can_work(door: Door, route: str) -> None:
    answer = door.client.get(route)
    assert answer.status_code == 200
    assert all(isinstance(value, bool) for value in answer.get_json().values())


@pytest.mark.parametrize("header", [{}, {"X-Appengine-Cron": "true"}, {"Authorization": "Bearer x"}])
def test_outside_app_engine_the_timers_header_opens_nothing(door: Door, header: dict[str, str]) -> None:
    answer = door.client.get("/jobs/minute", headers=header)
    assert (answer.status_code, answer.data) == (401, b"")


def test_every_route_is_guarded_or_known_to_be_open(door: Door) -> None:
    routes = {rule.rule for rule in door.app.url_map.iter_rules()}
    assert routes == {"/chat/events", "/jobs/<name>", "/health", "/ready", "/_ah/warmup", "/export/<address>"}
