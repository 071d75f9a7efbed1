"""What can be made to go wrong, each by name and in a fixed rhythm, so that a test fails the same way every time."""

import threading
from dataclasses import dataclass

API_429 = "api_429"
API_500 = "api_500"
CUT_AFTER_CREATE = "cut_after_create"
SLOW_API = "slow_api"
OPEN_DIALOG_STRIPS_CARD = "open_dialog_strips_card"
DUPLICATE_EVENTS = "duplicate_events"
OUT_OF_ORDER = "out_of_order"
BOT_TIMES_OUT = "bot_times_out"
ODD_NUMBERS = "odd_numbers"
EXTRA_FIELDS = "extra_fields"
LATENCY = "latency_ms"
LONGEST_MS = 30_000

EXPLAINED = {
    API_429: "The Chat API answers 429 to one call in three.",
    API_500: "The Chat API answers 500 to one call in three.",
    CUT_AFTER_CREATE: "One create in two cuts the connection after the message was made.",
    SLOW_API: "Every call to the Chat API takes two seconds.",
    OPEN_DIALOG_STRIPS_CARD: "In the add-on dialect a card with OPEN_DIALOG disappears from its message.",
    DUPLICATE_EVENTS: "Every event is sent twice, with the same body.",
    OUT_OF_ORDER: "After each event the one before it comes once more, late.",
    BOT_TIMES_OUT: "Chat does not hear the first answer to an event and sends it again.",
    ODD_NUMBERS: "Indexes and offsets are floats, command ids are strings.",
    EXTRA_FIELDS: "Events carry fields that are nowhere documented.",
}
"""Every fault with what it does; all are off at first."""

_RHYTHM = {API_429: (1, 3), API_500: (1, 3), CUT_AFTER_CREATE: (1, 2)}


class UnknownFault(LookupError):
    """There is no fault of that name."""


@dataclass(slots=True)
class _Switch:
    on: bool = False
    hits: int = 1
    of: int = 1
    seen: int = 0


class Faults:
    """The switches; each strikes `hits` times of every `of` calls, spread evenly, the last of them for sure."""

    def __init__(self, slow_seconds: float = 2.0) -> None:
        self._lock = threading.Lock()
        self._switches = {name: _Switch(False, *_RHYTHM.get(name, (1, 1))) for name in EXPLAINED}
        self.slow_seconds = slow_seconds
        self.latency_ms = 0
        self.struck = 0
        """How often any fault struck so far; tells a test that a call is under way."""

    def set(self, name: str, on: bool, *, hits: int | None = None, of: int | None = None) -> None:  # noqa: FBT001 - a switch is on or off
        """Switch a fault, perhaps with another rhythm ("fails `hits` of every `of` calls"); raises UnknownFault."""
        with self._lock:
            if name not in self._switches:
                raise UnknownFault(f"There is no fault called {name}; there are {', '.join(EXPLAINED)}.")
            old = self._switches[name]
            self._switches[name] = _Switch(on, hits or old.hits, of or old.of)

    def is_on(self, name: str) -> bool:
        """Whether a fault is switched on, whatever its rhythm."""
        with self._lock:
            return self._switches[name].on

    def strikes(self, name: str) -> bool:
        """Whether it is this call that fails; each question counts as a call while the fault is on."""
        with self._lock:
            switch = self._switches[name]
            if not switch.on:
                return False
            switch.seen += 1
            struck = switch.seen * switch.hits // switch.of > (switch.seen - 1) * switch.hits // switch.of
            self.struck += struck
            return struck

    def delay(self, milliseconds: int) -> None:
        """Let every call to the Chat API take so much longer; raises UnknownFault for what is no such number."""
        if not 0 <= milliseconds <= LONGEST_MS:
            raise UnknownFault(f"A delay is a number of milliseconds from 0 to {LONGEST_MS}.")
        self.latency_ms = milliseconds

    def all(self) -> dict[str, bool | int]:
        """Every fault and whether it is on; the delay as a number."""
        with self._lock:
            return {name: switch.on for name, switch in self._switches.items()} | {LATENCY: self.latency_ms}
