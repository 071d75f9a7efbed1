"""POST /chat/events: proves that Google calls, reads the event, has it answered, and renders the answer."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from bot.google_chat.cards import Json, Wire
from bot.google_chat.rendering import render_reply
from bot.google_chat.replies import Reply
from bot.wiring import Bot
from handlers import failing
from handlers.authenticity.claims import NotAuthentic
from handlers.authenticity.tokens import Authenticity
from handlers.dispatch import converse
from handlers.endpoints.json_response import json_response
from handlers.events.model import Event, Unknown
from handlers.events.parsing import NotJson, parse
from handlers.once import Once, StillBusy
from handlers.recognising import make_turn

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChatEndpoint:
    """The one way in for Google Chat; after the proof the answer is always 200 (design: section 2.1)."""

    bot: Bot
    once: Once
    authenticity: Authenticity

    def receive(self, authorization: str | None, read_body: Callable[[], bytes]) -> Response:
        """Answer one request; 401 with an empty body for anybody but our own Google Chat, whose body alone is read."""
        try:
            self.authenticity.verify(authorization)
        except NotAuthentic as refused:
            log.warning("chat.not_authentic", reason=refused.reason.value)
            return Response(status=401)
        try:
            event = parse(read_body())
        except NotJson:
            log.warning("chat.not_json")
            return json_response({})
        except HTTPException as unreadable:
            # Larger than any event, or cut off on its way; an error would only make Google send it again.
            log.warning("chat.unreadable", kind=type(unreadable).__name__)
            return json_response({})
        return json_response(self.answer(event))

    def answer(self, event: Event) -> Json:
        """The answer in the event's own dialect; `{}` for what this bot has no word for."""
        if isinstance(event, Unknown):
            return {}
        wire = Wire(event.dialect, self.bot.settings.public_url)
        t = self.bot.wording.for_locale(event.locale)
        try:
            return render_reply(self._reply(event), wire)
        except StillBusy:
            return render_reply(failing.busy(event, t), wire)
        except Exception as error:  # noqa: BLE001 - whatever breaks, a person gets a sentence and nothing is logged of it
            return render_reply(failing.sorry(event, t, failing.incident(error)), wire)

    def _reply(self, event: Event) -> Reply:
        return converse(make_turn(self.bot, self.once, event))


def chat_routes(endpoint: ChatEndpoint) -> Blueprint:
    """The route of this endpoint."""
    routes = Blueprint("chat", __name__)

    @routes.post("/chat/events")
    def chat_events() -> Response:
        return endpoint.receive(request.headers.get("Authorization"), lambda: request.get_data(cache=False))

    return routes
