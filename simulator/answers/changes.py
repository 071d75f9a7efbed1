"""What an answer of the bot asks Chat to do, whichever dialect it was written in."""

from dataclasses import dataclass

from simulator.records import Json


class Unacceptable(Exception):
    """Chat cannot do anything with this answer; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Post this message where the event came from."""

    message: Json


@dataclass(frozen=True, slots=True)
class UpdateMessage:
    """Replace what the clicked message says; a `complaint` is shown beside it although the update happens."""

    message: Json
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class ShowDialog:
    """Open a dialog with this card, or go on to it."""

    card: Json


@dataclass(frozen=True, slots=True)
class CloseDialog:
    """Close the dialog, perhaps with a notification."""

    notification: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """Show a short notification."""

    text: str


@dataclass(frozen=True, slots=True)
class Suggest:
    """Options for the multiselect in which somebody types."""

    items: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Show this card as the app's home."""

    card: Json


Change = NewMessage | UpdateMessage | ShowDialog | CloseDialog | Notify | Suggest | ShowHome


def need(holds: bool, why: str) -> None:  # noqa: FBT001 - reads as a sentence: need(this, because)
    """Raise Unacceptable unless this holds."""
    if not holds:
        raise Unacceptable(why)


def need_same_viewer(message: Json, seen_by: str | None) -> None:
    """Who sees a message cannot be changed; naming the same person once more is no change (Google's samples do it)."""
    named = message.get("privateMessageViewer")
    name = named.get("name") if isinstance(named, dict) else named
    need(named is None or (seen_by is not None and name == seen_by), "who sees a message cannot be changed")
