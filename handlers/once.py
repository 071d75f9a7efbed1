"""Makes the same event, sent twice or to two workers at once, have one effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.reports.sealing import Keyring
from bot.storage.seen_events import Done, First, LeaseLost, SeenEvents
from bot.storage.transactions import Store, Transaction

LEASE = timedelta(seconds=15)
PATIENCE = timedelta(seconds=10)
POLL_SECONDS = 0.1


class StillBusy(Exception):
    """Another worker is at this very event and did not finish in time."""


@dataclass(frozen=True, slots=True)
class Once:
    """Runs a change for an event unless it was run before; times are real (design: section 2.1)."""

    store: Store
    seen: SeenEvents
    keyring: Keyring
    real_now: Callable[[], datetime]
    sleep: Callable[[float], None]

    def change(self, fingerprint: bytes, apply: Callable[[Transaction], str]) -> str:
        """The id of the effect of this event: of the change made now, or of the one that was made before.

        What `apply` writes and the mark that it was done commit together. Raises StillBusy.
        """
        begun = self._begin(self.keyring.event_key(fingerprint))
        if isinstance(begun, Done):
            return begun.effect or ""
        try:
            with self.store.write() as transaction:
                effect = apply(transaction)
                transaction.events.done(begun, effect)
        except LeaseLost:
            # Another worker took over after our lease ran out, and ours was rolled back: its effect is the one.
            return self.change(fingerprint, apply)
        except BaseException:
            self.seen.forget(begun)
            raise
        return effect

    def _begin(self, key: str) -> First | Done:
        give_up_at = self.real_now() + PATIENCE
        while True:
            seen = self.seen.begin(key, self.real_now(), lease=LEASE)
            if isinstance(seen, First | Done):
                return seen
            if self.real_now() >= give_up_at:
                raise StillBusy
            self.sleep(POLL_SECONDS)
