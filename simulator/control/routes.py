"""The control API (`/_sim`): what the page does for people, and what a developer does to the world."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from simulator.clock import rfc3339
from simulator.control.jobs import Job
from simulator.control.showing import people, shown_message, view
from simulator.control.workshop import Workshop, workshop_routes
from simulator.faults import LATENCY, UnknownFault
from simulator.people_act import Chat, NotPossible
from simulator.records import Json
from simulator.scenarios.recording import Recording, Step, step_of
from simulator.world import Unknown

POLL_SECONDS = 20.0
_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})


class BadRequest(ValueError):
    """The caller of the control API asked for something that it cannot mean; says what is expected."""


def control_routes(chat: Chat, jobs: Mapping[str, Job], scenario: Path | None = None) -> Blueprint:
    """Every route under `/_sim`; `jobs` are the commands that may be run; `scenario` is the file that it began with."""
    routes = Blueprint("control", __name__, url_prefix="/_sim")
    for problem in (BadRequest, NotPossible, Unknown, UnknownFault):
        routes.register_error_handler(problem, _explained)
    routes.before_request(_only_from_here)
    workshop = Workshop(chat, scenario)
    _looking(routes, chat, workshop)
    _acting(routes, chat, workshop.recording)
    _arranging(routes, chat, jobs, workshop.recording)
    workshop_routes(routes, workshop)
    return routes


def _only_from_here() -> ResponseReturnValue | None:
    # Another web page in the same browser must not act here: no foreign host name, and no form that needs no asking.
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in _LOCAL or (request.method == "POST" and not request.is_json):
        return {"error": "Only JSON from this machine's own page is taken here."}, 400
    return None


def _explained(problem: Exception) -> ResponseReturnValue:
    return {"error": str(problem)}, 400


def _looking(routes: Blueprint, chat: Chat, workshop: Workshop) -> None:
    world = chat.world

    @routes.get("/people")
    def everybody() -> ResponseReturnValue:
        return jsonify(people(world))

    @routes.get("/view")
    def whole_view() -> ResponseReturnValue:
        return view(world, _asked("as"), workshop.offers)

    @routes.get("/messages")
    def messages() -> ResponseReturnValue:
        user, space = _asked("as"), _asked("space")
        if user not in world.space(space).members:
            raise NotPossible(f"{user} is not in {space}.")
        if request.args.get("peek") != "1":
            world.mark_read(user, space)
        return jsonify([shown_message(world, message, user) for message in world.visible_to(user, space)])

    @routes.get("/log")
    def log() -> ResponseReturnValue:
        found = world.log.since(_number(request.args.get("since", "0")))
        return jsonify(workshop.shown(found, request.args.get("q", "")))

    @routes.get("/changes")
    def changes() -> ResponseReturnValue:
        return {"version": world.wait_for_change(_number(request.args.get("since", "0")), POLL_SECONDS)}


def _acting(routes: Blueprint, chat: Chat, kept: Recording) -> None:
    def act(path: str, doing: Callable[[Json], Json], tell: Callable[[Json], Step | None] = lambda _: None) -> None:
        def answered() -> ResponseReturnValue:
            body = _body()
            step = tell(body)
            done = doing(body)
            kept.add(step)
            return jsonify(done)

        routes.add_url_rule(path, path, answered, methods=["POST"])

    def told(do: str, *names: str) -> Callable[[Json], Step]:
        return lambda body: step_of(do, **{name: body.get(name) for name in names})

    act(
        "/type",
        lambda b: chat.type(_s(b, "as"), _s(b, "space"), _s(b, "text"), _s(b, "thread", "")).as_json(),
        told("type", "as", "space", "text"),
    )
    act(
        "/command",
        lambda b: chat.command(_s(b, "as"), _s(b, "space"), _number(b.get("commandId"))).as_json(),
        told("command", "as", "space", "commandId"),
    )
    act("/click", lambda b: _click(chat, b), kept.click)
    act("/dialog/cancel", lambda b: _cancel(chat, b), told("cancel", "as", "how"))
    act("/suggest", lambda b: _suggest(chat, b))
    act("/home", lambda b: chat.home(_s(b, "as")).as_json())
    act("/bot", lambda b: _member(chat, b), told("bot", "as", "space", "member"))


def _arranging(routes: Blueprint, chat: Chat, jobs: Mapping[str, Job], kept: Recording) -> None:
    world = chat.world

    @routes.post("/spaces")
    def make_space() -> ResponseReturnValue:
        body = _body()
        members = body.get("members", [])
        if not isinstance(members, list) or not _s(body, "displayName").strip():
            raise BadRequest("A space needs a displayName, and members as a list of users.")
        space = world.add_space(_s(body, "displayName").strip(), (_s(body, "as"), *map(str, members)))
        return {"name": space.name}

    @routes.post("/clock")
    def set_clock() -> ResponseReturnValue:
        body = _body()
        if "now" in body:
            world.clock.set(_moment(_s(body, "now")))
        elif isinstance(body.get("forwardMinutes"), int | float):
            world.clock.forward(body["forwardMinutes"])
            kept.add(step_of("clock", minutes=body["forwardMinutes"]))
        else:
            raise BadRequest("Give now (RFC 3339) or forwardMinutes (a number).")
        world.touch()
        return {"now": rfc3339(world.clock.now())}

    @routes.post("/faults")
    def set_fault() -> ResponseReturnValue:
        body = _body()
        if _s(body, "name") == LATENCY:
            world.faults.delay(_number(body.get("value", 0)))
        else:
            world.faults.set(_s(body, "name"), on=body.get("on") is True)
        world.touch()
        return {"faults": world.faults.all()}

    @routes.post("/jobs/<name>")
    def run_job(name: str) -> ResponseReturnValue:
        if name not in jobs:
            raise BadRequest(f"There is no job {name}; there are {', '.join(jobs) or 'none'}.")
        return asdict(jobs[name].run())


def _click(chat: Chat, body: Json) -> Json:
    inputs = body.get("inputs") or {}
    if not isinstance(inputs, dict):
        raise BadRequest("inputs map a name to {kind, values} or {kind, ms}.")
    return chat.click(
        _s(body, "as"),
        _s(body, "space"),
        _s(body, "function", ""),
        _parameters(body),
        inputs,
        message=_s(body, "message", "") or None,
        dialog=_s(body, "dialog", "") or None,
        opens_dialog=body.get("interaction") == "OPEN_DIALOG",
        widget=_s(body, "widget", "") or None,
    ).as_json()


def _cancel(chat: Chat, body: Json) -> Json:
    how = _s(body, "how", "icon")
    if how not in {"icon", "escape"}:
        raise BadRequest("how is icon or escape.")
    return chat.cancel(_s(body, "as"), _s(body, "dialog"), icon=how == "icon").as_json()


def _suggest(chat: Chat, body: Json) -> Json:
    user, dialog = _s(body, "as"), _s(body, "dialog", "")
    space = chat.world.dialog(dialog, user).space if dialog else _s(body, "space")
    outcome = chat.suggest(user, space, _s(body, "function", ""), _s(body, "query", ""), _parameters(body))
    return {"items": list(outcome.suggestions)}


def _parameters(body: Json) -> list[tuple[str, str]]:
    try:
        return [(str(pair["key"]), str(pair.get("value", ""))) for pair in body.get("parameters") or []]
    except (TypeError, KeyError, AttributeError):
        raise BadRequest("parameters are a list of {key, value}.") from None


def _member(chat: Chat, body: Json) -> Json:
    change = chat.add_bot if body.get("member") is True else chat.remove_bot
    return change(_s(body, "as"), _s(body, "space")).as_json()


def _body() -> Json:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadRequest("A JSON object was expected.")
    return body


def _s(body: Json, name: str, otherwise: str | None = None) -> str:
    value: Any = body.get(name, otherwise)
    if value is None and otherwise is not None:
        value = otherwise
    if not isinstance(value, str):
        raise BadRequest(f"{name} is missing, or is no string.")
    return value


def _asked(name: str) -> str:
    return _s(dict(request.args), name)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise BadRequest("A whole number was expected.") from None


def _moment(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise BadRequest("now is a moment such as 2026-11-24T09:15:00Z.") from None
    if moment.tzinfo is None:
        raise BadRequest("now needs a time zone, such as 2026-11-24T09:15:00Z.")
    return moment
