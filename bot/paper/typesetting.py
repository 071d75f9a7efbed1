"""Has pages made of data by the typesetter, in the fonts of a package and in none of this machine."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Self

import typst

ARCHIVE: Literal["a-2u"] = "a-2u"
"""PDF/A-2u: every letter has a picture and its Unicode value, or the typesetter refuses."""


class NotOnPaper(Exception):
    """The typesetter refused; its own words are left out because they may hold the text."""


@dataclass(frozen=True, slots=True)
class Press:
    """The typesetter with its fonts."""

    fonts: typst.Fonts

    @classmethod
    def open(cls) -> Self:
        """With the fonts as Noto publishes them."""
        folder = [Path(str(resources.files("manimgx_fonts")))]
        return cls(typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folder))

    def pages(self, template: str, content: dict[str, Any], at: datetime) -> bytes:
        """The PDF of a template of this folder; what is in `content` is data, never markup. Raises NotOnPaper."""
        try:
            return typst.compile(
                resources.files("bot.paper").joinpath(template).read_bytes(),
                format="pdf",
                font_paths=self.fonts,
                ignore_system_fonts=True,
                sys_inputs={"content": json.dumps(content)},
                pdf_standards=[ARCHIVE],
                timestamp=at.astimezone(UTC),
            )
        except typst.TypstError:
            raise NotOnPaper("the typesetter refused what it was given") from None
