"""The page that asks for the code of an export: one form, no script, the same for every address."""

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from importlib import resources
from string import Template
from typing import Self

from flask import Response

from bot.wording.catalogue import Phrases


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The page with its style, and the policy that allows that style and nothing else."""

    template: Template
    style: str
    policy: str
    phrases: Phrases

    @classmethod
    def load(cls, phrases: Phrases) -> Self:
        """Read the page's files."""
        folder = resources.files("handlers.endpoints")
        style = folder.joinpath("export.css").read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        )
        return cls(Template(folder.joinpath("export.html").read_text(encoding="utf-8")), style, policy, phrases)

    def show(self, *, problem: str = "", status: int = 200) -> Response:
        """The page, with what is wrong above the form."""
        t = self.phrases
        words = {
            "title": t("export.page.title"),
            "how": t("export.page.how"),
            "code": t("export.page.code"),
            "as": t("export.page.as"),
            "pdf": t("export.page.pdf"),
            "json": t("export.page.json"),
            "care": t("export.page.care"),
            "get": t("export.page.get"),
        }
        shown = {name: escape(sentence) for name, sentence in words.items()}
        said = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
        body = self.template.substitute(shown, style=self.style, problem=said)
        response = Response(body, status=status, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = self.policy
        return response
