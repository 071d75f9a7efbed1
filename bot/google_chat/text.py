"""Text on its way to Google: what people typed stays text, and only our own pieces carry markup."""

import html
import re
from dataclasses import dataclass, field

# Google documents no escape character, so what Chat would read as markup becomes a character that looks the same.
_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", "*": "∗", "~": "∼", "`": "ˋ"})  # noqa: RUF001 - lookalikes on purpose
_LONE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# Control characters, and those that turn the reading direction of what follows (Unicode bidi overrides and isolates).
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_WHITE = re.compile(r"\s+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"|]+")


def plain(text: str) -> str:
    """Text of others for in a message: no mention, link or markup of Google Chat is left in it."""
    return _LONE_UNDERSCORE.sub("\uff3f", visible(text).translate(_LOOKALIKES))


def visible(text: str) -> str:
    """The same text without control characters and direction overrides."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Text for a title, label or button, where Google does not say whether HTML counts: one line, no brackets."""
    return _WHITE.sub(" ", visible(text)).strip().replace("<", "‹").replace(">", "›")  # noqa: RUF001 - lookalikes


def is_web_address(url: str) -> bool:
    """Whether a link may point there: http or https, without what could break out of the link."""
    return _WEB_ADDRESS.fullmatch(url) is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style; `tag` is one of Google's card HTML tags, `url` makes it a link."""

    text: str = field(repr=False)
    tag: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if self.tag not in {"", "b", "i", "u", "s", "code"}:
            raise ValueError(f"Cards have no text style {self.tag!r}; use b, i, u, s or code.")
        if self.url and not is_web_address(self.url):
            raise ValueError("A link in a card must be an http or https address without spaces.")

    def html(self) -> str:
        """The piece as card HTML, its text escaped."""
        inner = _escaped(self.text)
        if self.url:
            inner = f'<a href="{html.escape(self.url)}">{inner}</a>'
        return f"<{self.tag}>{inner}</{self.tag}>" if self.tag else inner


@dataclass(frozen=True, slots=True, init=False)
class Rich:
    """Text made of pieces, some of them styled: `Rich("Zie ", bold("A6"), ".")`."""

    pieces: tuple[Piece, ...]

    def __init__(self, *pieces: "str | Piece") -> None:
        as_pieces = tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces)
        object.__setattr__(self, "pieces", as_pieces)


CardText = str | Rich
"""What a card can say; a `str` is shown letter for letter."""


def bold(text: str) -> Piece:
    """Heavier text."""
    return Piece(text, tag="b")


def italic(text: str) -> Piece:
    """Slanted text."""
    return Piece(text, tag="i")


def linked(text: str, url: str) -> Piece:
    """Text that leads to a web address."""
    return Piece(text, url=url)


def card_html(text: CardText) -> str:
    """Text as the HTML subset of cards (Google "card formatting"); line ends become `<br>`."""
    if isinstance(text, str):
        return _escaped(text)
    return "".join(piece.html() for piece in text.pieces)


def is_blank(text: CardText) -> bool:
    """Whether there is nothing to read."""
    if isinstance(text, str):
        return not text.strip()
    return all(not piece.text.strip() for piece in text.pieces)


def _escaped(text: str) -> str:
    return html.escape(visible(text), quote=False).replace("\n", "<br>")
