"""What happened between Chat and the bot, for the page's inspector and for tests; the last 500 entries."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

KEPT = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange; `at` is real time (RFC 3339, UTC), `ms` how long it took, bodies are JSON as they were."""

    id: int
    at: str
    kind: str
    title: str
    request: Any
    response: Any
    status: int | None
    ms: float | None
    note: str
    ref: str = ""
    """What was sent, for whoever wants to send it again; empty where that cannot be."""


class Logbook:
    """The entries in order of their end; `changed` is called after each."""

    def __init__(self, changed: Callable[[], None] = lambda: None, kept: int = KEPT) -> None:
        self._lock = threading.Lock()
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._last = 0
        self._changed = changed

    def add(
        self,
        kind: str,
        title: str,
        request: Any = None,
        response: Any = None,
        status: int | None = None,
        ms: float | None = None,
        note: str = "",
        ref: str = "",
    ) -> Entry:
        """Write one down; `kind` is "event", "api" or "fault"."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._lock:
            self._last += 1
            entry = Entry(self._last, at, kind, title, request, response, status, ms, note, ref)
            self._entries.append(entry)
        self._changed()
        return entry

    def since(self, number: int) -> list[dict[str, Any]]:
        """The entries after this number, as JSON."""
        with self._lock:
            return [asdict(entry) for entry in self._entries if entry.id > number]

    def forget(self) -> None:
        """Begin with an empty book; numbers go on."""
        with self._lock:
            self._entries.clear()
        self._changed()

    def entries(self) -> tuple[Entry, ...]:
        """All that are kept, oldest first."""
        with self._lock:
            return tuple(self._entries)
