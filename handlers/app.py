"""Builds the Flask app around a bot; nothing in here answers anything itself."""

import time

from flask import Flask, Response

from bot.wiring import Bot
from handlers.authenticity.certificates import Certificates, CertificateUrls
from handlers.authenticity.fetching import fetch_over_http
from handlers.authenticity.tokens import Authenticity
from handlers.endpoints.chat import ChatEndpoint, chat_routes
from handlers.endpoints.export import ExportEndpoint, export_routes
from handlers.endpoints.export_page import ExportPage
from handlers.endpoints.health import health_routes
from handlers.endpoints.jobs import JobEndpoint, job_routes
from handlers.once import Once

LARGEST_EVENT = 1_000_000
"""Bytes; a click sends its whole card back, which is at most 32,000 of them, several times over."""


def create_app(bot: Bot) -> Flask:
    """The app with every route."""
    authenticity = make_authenticity(bot)
    once = Once(store=bot.store, seen=bot.seen, keyring=bot.keyring, real_now=bot.real_now, sleep=time.sleep)
    app = Flask("protocolbot", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_EVENT
    app.register_blueprint(chat_routes(ChatEndpoint(bot, once, authenticity)))
    app.register_blueprint(job_routes(JobEndpoint(bot, authenticity)))
    app.register_blueprint(export_routes(ExportEndpoint(bot, ExportPage.load(bot.wording.dutch))))
    app.register_blueprint(health_routes(bot))
    app.after_request(_say_little)
    return app


def make_authenticity(bot: Bot) -> Authenticity:
    """The check of tokens by the bot's settings."""
    settings = bot.settings
    urls = CertificateUrls.both_at(settings.certs_url) if settings.certs_url else CertificateUrls()
    certificates = Certificates(urls, fetch_over_http, bot.real_now)
    return Authenticity(settings.audiences, settings.project_number, certificates, bot.real_now)


def _say_little(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
