"""Sends what is owed: takes a lease, carries, marks; a crash at any step leaves something that is tried again."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox.delivery import REPORT_KINDS, Delivery, DeliveryId
from bot.outbox.ports import AddressGone, Courier, DeliveryFailed, DeliveryStore, MessageRefused, TooLate

LEASE_MARGIN = timedelta(seconds=10)
"""What a lease outlasts the call it is taken for: when its worker was killed, the next sweep may soon take over."""

GONE_WAIT = timedelta(minutes=5)
"""How long to wait before trying again where nobody seemed to be, or where something of ours broke."""

CALL_AT_MOST = 10.0
"""Seconds for one call when nobody waits for it; well within the lease."""

BACKOFF_AT_MOST = 64.0
"""Seconds; Google's advice for its quotas is to wait no longer than 32 or 64."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did, as counts that tell nothing about anybody."""

    delivered: int = 0
    put_back: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Carries deliveries until time or work runs out; `real_now` is what leases and backoff go by (aware UTC)."""

    store: DeliveryStore
    courier: Courier
    real_now: Callable[[], datetime]
    on_undeliverable: Callable[[Delivery, Exception], None]

    def send(self, *, now: datetime, seconds: float, only: Collection[DeliveryId] | None = None) -> Sent:
        """Send within `seconds` what is due at `now` (business time, aware UTC); with `only`, nothing else."""
        started = self.real_now()
        deadline = started + timedelta(seconds=seconds)
        delivered = put_back = given_up = 0
        while (left := (deadline - self.real_now()).total_seconds()) > 0:
            # One at a time: what another worker could send at once must not wait behind our lease.
            real_now, timeout = self.real_now(), min(left, CALL_AT_MOST)
            until = real_now + timedelta(seconds=timeout) + LEASE_MARGIN
            # The business clock goes on while a round lasts: what expires meanwhile is not sent any more.
            business_now = now + (real_now - started)
            taken = self.store.lease(now=business_now, real_now=real_now, until=until, most=1, only=only)
            if not taken:
                break
            match self._carry(taken[0], now=business_now, timeout=timeout):
                case "delivered":
                    delivered += 1
                case "put back":
                    put_back += 1
                case _:
                    given_up += 1
        return Sent(delivered, put_back, given_up)

    def _carry(self, delivery: Delivery, *, now: datetime, timeout: float) -> str:
        try:
            _refuse_late(delivery, now)
            self.courier.carry(delivery, timeout=timeout)
        except DeliveryFailed:
            return self._put_back(delivery, backoff(delivery.attempts))
        except (AddressGone, MessageRefused, TooLate) as reason:
            self.on_undeliverable(delivery, reason)
            if isinstance(reason, AddressGone) and delivery.kind in REPORT_KINDS:
                # An app that was switched off for a minute looks the same as somebody who left.
                return self._put_back(delivery, GONE_WAIT)
            self.store.give_up(delivery, at=now)
            return "given up"
        except Exception as reason:  # noqa: BLE001 - one that cannot be written must not hold up all behind it
            self.on_undeliverable(delivery, reason)
            return self._put_back(delivery, GONE_WAIT)
        self.store.mark_delivered(delivery, at=now)
        return "delivered"

    def _put_back(self, delivery: Delivery, wait: timedelta) -> str:
        self.store.put_back(delivery, retry_at=self.real_now() + wait)
        return "put back"


def _refuse_late(delivery: Delivery, now: datetime) -> None:
    if delivery.expires_at is not None and now >= delivery.expires_at:
        raise TooLate


def backoff(attempts: int) -> timedelta:
    """How long to wait after the failed try number `attempts` + 1, with jitter so that workers do not march in step."""
    return timedelta(seconds=min(2.0 ** min(attempts, 6), BACKOFF_AT_MOST - 1) + random.random())  # noqa: S311 - no secret
