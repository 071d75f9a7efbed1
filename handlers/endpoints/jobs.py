"""GET or POST /jobs/<name>: the timer's way in; on App Engine its own header counts, elsewhere only a signed token."""

from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, request

from bot.wiring import Bot
from handlers import failing, job_runner
from handlers.authenticity.claims import NotAuthentic
from handlers.authenticity.tokens import Authenticity
from handlers.endpoints.json_response import json_response

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class JobEndpoint:
    """Runs a job for the timer and for nobody else."""

    bot: Bot
    authenticity: Authenticity

    def receive(self, name: str, cron_header: str | None, authorization: str | None) -> Response:
        """Run a job; 401 with an empty body for anybody but the timer, 500 when it failed so that it shows."""
        if not self._is_timer(cron_header, authorization):
            return Response(status=401)
        if name not in job_runner.JOBS:
            return Response(status=404)
        try:
            return json_response(job_runner.run(self.bot, name))
        except Exception as error:  # noqa: BLE001 - the number is all that may leave; the log says where
            return json_response({"incident": failing.incident(error)}, status=500)

    def _is_timer(self, cron_header: str | None, authorization: str | None) -> bool:
        settings = self.bot.settings
        if settings.on_app_engine:
            # App Engine strips this header from requests that come from outside.
            return cron_header == "true"
        if settings.jobs_audience is None or settings.jobs_caller is None:
            return False
        try:
            self.authenticity.verify_job_caller(authorization, settings.jobs_audience, settings.jobs_caller)
        except NotAuthentic as refused:
            log.warning("jobs.not_authentic", reason=refused.reason.value)
            return False
        return True


def job_routes(endpoint: JobEndpoint) -> Blueprint:
    """The routes of this endpoint."""
    routes = Blueprint("jobs", __name__)

    @routes.route("/jobs/<name>", methods=["GET", "POST"])
    def job(name: str) -> Response:
        return endpoint.receive(name, request.headers.get("X-Appengine-Cron"), request.headers.get("Authorization"))

    return routes
