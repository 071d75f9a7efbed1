"""Serves the simulated Google over HTTP on this machine only: certificates, tokens, the Chat API, control and page."""

import json
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from simulator.clock import rfc3339
from simulator.control.jobs import Job
from simulator.control.routes import control_routes
from simulator.google.oauth import GrantRefused, TokenEndpoint
from simulator.google.quota import Limits, Quota
from simulator.google.rest import ConnectionCut, Request, RestApi
from simulator.google.signing import Signer
from simulator.people_act import Chat
from simulator.posting import Send, over_http
from simulator.records import ChatApp, Json
from simulator.world import World

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
CERTIFICATES_KEPT = 3600
"""Seconds for which a reader may keep the certificates (`Cache-Control: max-age`)."""


STOP_WITHIN = 0.02
"""Seconds between two looks whether to stop."""


class Running:
    """A simulator that serves; `chat` is what people do in it, `quota` what the API allows."""

    def __init__(
        self, world: World, chat: Chat, tokens: TokenEndpoint, rest: RestApi, application: Flask, port: int
    ) -> None:
        self.world = world
        self.chat = chat
        self.tokens = tokens
        self.quota = rest.quota
        self._server = _listening(application, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_WITHIN,), name="simulator", daemon=True
        )
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it serves, such as `http://127.0.0.1:8901`."""
        return f"http://{HOST}:{self._server.port}"

    def service_account(self) -> Json:
        """The key file for GOOGLE_APPLICATION_CREDENTIALS; its token address is this simulator."""
        return self.tokens.service_account(f"{self.address}/token")

    def register(self, app: ChatApp) -> None:
        """Register the bot: from now on events go to its endpoint."""
        self.world.app = app

    def stop(self) -> None:
        """Stop serving, and let go of everybody who waits for a change."""
        self.world.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def start(
    world: World,
    port: int = 0,
    *,
    app: ChatApp | None = None,
    send: Send = over_http,
    retries: int = 2,
    pause: float = 0.0,
    limits: Limits | None = None,
    jobs: Mapping[str, Job] | None = None,
    signer: Signer | None = None,
    tokens: TokenEndpoint | None = None,
    scenario: Path | None = None,
) -> Running:
    """Serve a world on 127.0.0.1; port 0 takes a free one.

    `app` may be registered later; `send` is the way to the bot (`posting.to_application` needs no HTTP); `limits` are
    the write quotas (`quota.UNLIMITED` for none). `signer` and `tokens` hold keys, which take time to make: tests may
    share them. With `scenario`, the file of this world, everything can begin again. Raises OSError: the port is taken.
    """
    chat = Chat(world, signer or Signer(), send, retries=retries, pause=pause)
    tokens = tokens or TokenEndpoint()
    rest = RestApi(world, tokens, Quota(limits))
    if app is not None:
        world.app = app
    return Running(
        world, chat, tokens, rest, application(chat, tokens, rest, {} if jobs is None else jobs, scenario), port
    )


def _listening(application: Flask, port: int) -> BaseWSGIServer:
    # Bound here, because werkzeug ends the whole process when a port is taken.
    with socket.create_server((HOST, port), backlog=128) as door:
        return make_server(HOST, port, application, threaded=True, request_handler=_QuietHandler, fd=door.fileno())


def application(
    chat: Chat, tokens: TokenEndpoint, rest: RestApi, jobs: Mapping[str, Job], scenario: Path | None = None
) -> Flask:
    """The simulator as a WSGI application."""
    flask = Flask("simulator", static_folder=None)
    flask.register_blueprint(control_routes(chat, jobs, scenario))
    _serve_page(flask)
    _serve_identity(flask, chat, tokens)

    @flask.route("/v1/<path:rest_path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def chat_api(rest_path: str) -> ResponseReturnValue:
        return _call(rest, rest_path)

    return flask


def _call(rest: RestApi, path: str) -> ResponseReturnValue:
    body = request.get_data()
    try:
        given = json.loads(body) if body else None
    except ValueError:
        message = "Invalid JSON payload received. Unknown token."
        return {"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}}, 400
    asked = Request(
        request.method, f"v1/{path}", request.args.to_dict(), given, request.headers.get("Authorization", "")
    )
    try:
        status, answer = rest.answer(asked)
    except ConnectionCut:
        # Raised out of the application while streaming, so that the connection closes in the middle of the answer.
        return Response(_cut_off(), headers={"Content-Length": "1000"})
    return answer, status


def _cut_off() -> Any:
    yield b"{"


def _serve_identity(flask: Flask, chat: Chat, tokens: TokenEndpoint) -> None:
    @flask.get("/certs")
    def certificates() -> ResponseReturnValue:
        return chat.signer.certificates(), 200, {"Cache-Control": f"public, max-age={CERTIFICATES_KEPT}"}

    @flask.post("/token")
    def token() -> ResponseReturnValue:
        form = request.form
        try:
            return tokens.grant(form.get("grant_type", ""), form.get("assertion", ""), f"{request.host_url}token")
        except GrantRefused as problem:
            return {"error": problem.code, "error_description": problem.description}, 400

    @flask.get("/clock")
    def clock() -> ResponseReturnValue:
        return {"now": rfc3339(chat.world.clock.now())}


def _serve_page(flask: Flask) -> None:
    @flask.get("/")
    def index() -> ResponseReturnValue:
        return send_from_directory(PAGE, "index.html", max_age=0)

    @flask.get("/page/<path:name>")
    def page(name: str) -> ResponseReturnValue:
        return send_from_directory(PAGE, name, max_age=0)

    @flask.errorhandler(NotFound)
    def nothing_here(_problem: NotFound) -> ResponseReturnValue:
        return jsonify(error="There is nothing here."), 404


class _QuietHandler(WSGIRequestHandler):
    """Writes nothing per request: the log is in the inspector."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug calls it so
        """Say nothing."""
