"""Says whether the process lives and whether it can work; open to everybody, so it says nothing else."""

import structlog
from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.migrate import at_head
from bot.wiring import Bot
from handlers.endpoints.json_response import json_response

log = structlog.get_logger(__name__)


def health_routes(bot: Bot) -> Blueprint:
    """`/health` (alive), `/ready` (database, keys, protocol) and App Engine's warm-up."""
    routes = Blueprint("health", __name__)

    @routes.get("/health")
    def health() -> Response:
        return json_response({"alive": True})

    @routes.get("/ready")
    @routes.get("/_ah/warmup", endpoint="warmup")
    def ready() -> Response:
        # Keys and protocol were read when the process started, or it would not be here to answer.
        checks = {"database": _database_is_ready(bot), "keys": True, "protocol": bool(bot.protocol.document.articles)}
        return json_response({"ready": all(checks.values()), **checks}, status=200 if all(checks.values()) else 503)

    return routes


def _database_is_ready(bot: Bot) -> bool:
    try:
        return at_head(bot.engine)
    except SQLAlchemyError as error:
        log.error("database.unreachable", kind=type(error).__name__)  # noqa: TRY400 - a traceback may hold the address
        return False
