"""What the bot is compared with: Flask alone, that verifies the same token with a certificate that it keeps.

It does the least that is honest: the key is parsed once, one signature check a request, issuer, audience, account and
both moments, the event read as JSON, and `{}` for an answer. No database, no log line.
"""

import base64
import json
import os
import time
from typing import Any

import requests
from flask import Flask, Response, request
from google.auth import crypt

SKEW = 10.0


def make_app() -> Flask:
    """The app; `BENCH_CERTS` and `BENCH_AUDIENCE` say where the certificates are and for whom tokens are."""
    from cryptography import x509  # noqa: PLC0415 - what is imported here belongs to this process's cost alone

    listed = requests.get(os.environ["BENCH_CERTS"], timeout=10).json()
    verifiers: dict[str, Any] = {
        key: crypt.RSAVerifier(x509.load_pem_x509_certificate(pem.encode()).public_key())  # type: ignore[no-untyped-call]
        for key, pem in listed.items()
    }
    audience = os.environ["BENCH_AUDIENCE"]
    app = Flask("bare", static_folder=None)

    @app.post("/chat/events")
    def chat_events() -> Response:
        if not _verified(request.headers.get("Authorization", ""), verifiers, audience):
            return Response(status=401)
        request.get_json()
        return Response("{}", mimetype="application/json")

    @app.get("/ready")
    def ready() -> Response:
        return Response("{}", mimetype="application/json")

    return app


def _verified(header: str, verifiers: dict[str, Any], audience: str) -> bool:
    token = header.removeprefix("Bearer ")
    signed, _, signature = token.rpartition(".")
    head, _, payload = signed.partition(".")
    claims = json.loads(_decoded(payload))
    verifier = verifiers[json.loads(_decoded(head))["kid"]]
    now = time.time()
    return bool(
        verifier.verify(signed.encode(), _decoded(signature))
        and claims["iss"] == "https://accounts.google.com"
        and claims["aud"] == audience
        and claims["email"].endswith("gserviceaccount.com")
        and claims["email_verified"] is True
        and claims["iat"] - SKEW <= now <= claims["exp"] + SKEW
    )


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
