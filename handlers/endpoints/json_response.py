"""JSON on its way out, in UTF-8 without escapes: an emoji is four bytes, not twelve (Google counts bytes)."""

import json
from typing import Any

from flask import Response


def json_response(content: dict[str, Any], *, status: int = 200) -> Response:
    """A response that nobody stores on the way."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(body, status=status, content_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
