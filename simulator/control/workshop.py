"""What a developer does with the whole: switch the dialect, send an event again, begin anew, keep what was done."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from simulator import seed
from simulator.coverage import coverage
from simulator.people_act import Chat, NotPossible
from simulator.records import Dialect, Json
from simulator.scenarios.recording import Recording
from simulator.scenarios.writing import written


class Workshop:
    """One simulator's workshop; `offers` names what its page may show."""

    def __init__(self, chat: Chat, scenario: Path | None) -> None:
        self.chat = chat
        self.recording = Recording(chat)
        self._scenario = scenario
        offers = ["peek", "dialect", "replay", "scenario", "recording", "coverage", "latency"]
        self.offers = (*offers, "reset") if scenario is not None else tuple(offers)

    def shown(self, entries: Sequence[Json], wanted: str) -> list[Json]:
        """The log's entries in which this text stands, each with whether it can be sent again."""
        kept = [entry for entry in entries if not wanted or wanted.casefold() in _words(entry)]
        return [entry | {"replayable": entry["ref"] in self.chat.sent} for entry in kept]

    def speak(self, dialect: str) -> str:
        """From now on events are written and answers read like this; raises NotPossible."""
        app = self.chat.world.app
        if app is None or dialect not in set(Dialect):
            raise NotPossible(f"An app must be registered, and the dialect one of {', '.join(Dialect)}.")
        self.chat.world.app = replace(app, dialect=Dialect(dialect))
        self.chat.world.touch()
        return dialect

    def send_again(self, number: int, how: str) -> Json:
        """The event of this entry once more; raises NotPossible."""
        if how not in {"retry", "new"}:
            raise NotPossible("how is retry (the very same) or new (as if it happened now).")
        entry = next((one for one in self.chat.world.log.entries() if one.id == number), None)
        return self.chat.again("" if entry is None else entry.ref, new=how == "new").as_json()

    def begin_again(self) -> int:
        """Everything as at the start, and the app is greeted again; what the app remembers is its own."""
        if self._scenario is None:
            raise NotPossible("This simulator was not started from a scenario file.")
        world = self.chat.world
        world.begin_again(seed.load(self._scenario))
        self.recording.begin_again()
        seed.introduce(self.chat, self._scenario)
        return world.version


def workshop_routes(routes: Blueprint, workshop: Workshop) -> None:
    """The routes of the workshop, beside the others under `/_sim`."""
    world = workshop.chat.world

    @routes.post("/dialect")
    def dialect() -> ResponseReturnValue:
        return {"dialect": workshop.speak(str(_given().get("dialect")))}

    @routes.post("/replay/<int:number>")
    def replay(number: int) -> ResponseReturnValue:
        return jsonify(workshop.send_again(number, str(_given().get("how"))))

    @routes.post("/reset")
    def reset() -> ResponseReturnValue:
        return {"version": workshop.begin_again()}

    @routes.get("/scenario")
    def scenario() -> ResponseReturnValue:
        return _file("scenario.toml", written(world))

    @routes.get("/recording")
    def recording() -> ResponseReturnValue:
        return _file("recording.toml", workshop.recording.written())

    @routes.get("/coverage")
    def covered() -> ResponseReturnValue:
        return jsonify(coverage(world.log.entries()))


def _given() -> Json:
    body: Any = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _file(name: str, text: str) -> Response:
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _words(entry: Json) -> str:
    return json.dumps(entry, ensure_ascii=False).casefold()
