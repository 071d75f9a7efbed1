"""Sends what is owed: takes leases and permits, carries, marks; a crash at any step leaves something to try again."""

import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.outbox.delivery import REPORT_KINDS, Delivery, DeliveryId
from bot.outbox.pace import Lane, lane_of
from bot.outbox.ports import (
    AddressGone,
    Courier,
    DeliveryFailed,
    DeliveryStore,
    MessageRefused,
    NotYet,
    Pace,
    TooLate,
)

LEASE_MARGIN = timedelta(seconds=10)
"""What a lease outlasts the call it is taken for: when its worker was killed, the next sweep may soon take over."""

GONE_WAIT = timedelta(minutes=5)
"""How long to wait before trying again where nobody seemed to be, or where something of ours broke."""

CALL_AT_MOST = 10.0
"""Seconds for one call when nobody waits for it; well within the lease."""

BACKOFF_AT_MOST = 64.0
"""Seconds; Google's advice for its quotas is to wait no longer than 32 or 64."""

THREADS = 8
"""Messages under way at once in one worker; at 150 ms a call more than Google's quota for the whole project."""

ROUND = 16
"""Deliveries leased at once: a third of a second of the quota, so that no report waits long behind them."""

AHEAD = timedelta(seconds=2)
"""How far ahead permits are taken; what cannot leave by then goes back, for whoever has room."""

NO_ROOM_WAIT = timedelta(seconds=1)
"""How long what got no permit waits before somebody looks at it again."""


class Became(StrEnum):
    """What a try made of a delivery."""

    DELIVERED = "delivered"
    PUT_BACK = "put back"
    GIVEN_UP = "given up"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Sent:
    """What one sweep did, as counts that tell nothing about anybody."""

    delivered: int = 0
    put_back: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """The time of one sweep: `business` is what the business clock said at `started` (real time, aware UTC)."""

    business: datetime
    started: datetime
    ends: datetime

    def business_at(self, real_now: datetime) -> datetime:
        """The business clock goes on while a sweep lasts: what expires meanwhile is not sent any more."""
        return self.business + (real_now - self.started)


@dataclass(frozen=True, slots=True)
class Sender:
    """Carries deliveries until time or work runs out; leases, permits and backoff go by `real_now` (aware UTC)."""

    store: DeliveryStore
    courier: Courier
    pace: Pace
    real_now: Callable[[], datetime]
    on_undeliverable: Callable[[Delivery, Exception], None]
    sleep: Callable[[float], None] = time.sleep

    def send(self, *, now: datetime, seconds: float, only: Collection[DeliveryId] | None = None) -> Sent:
        """Send within `seconds`, one by one, what is due at `now` (business time); with `only`, nothing else."""
        budget, became = self._budget(now, seconds), Counter[Became]()
        # One at a time: what another worker could send at once must not wait behind our lease.
        while taken := self._take(budget, most=1, only=only):
            became.update(self._carry(delivery, moment, budget) for delivery, moment in taken)
        return _counted(became)

    def send_many(self, *, now: datetime, seconds: float, threads: int = THREADS) -> Sent:
        """Send what is due, `threads` at once, within `seconds`; what comes meanwhile and presses more goes first."""
        budget, became = self._budget(now, seconds), Counter[Became]()
        under_way: set[Future[Became]] = set()
        with ThreadPoolExecutor(threads, thread_name_prefix="sending") as crew:
            while True:
                if len(under_way) < threads:
                    taken = self._take(budget, most=ROUND)
                    under_way |= {crew.submit(self._carry, delivery, moment, budget) for delivery, moment in taken}
                if not under_way:
                    return _counted(became)
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                became.update(future.result() for future in done)

    def _budget(self, now: datetime, seconds: float) -> Budget:
        started = self.real_now()
        return Budget(now, started, started + timedelta(seconds=seconds))

    def _take(
        self, budget: Budget, *, most: int, only: Collection[DeliveryId] | None = None
    ) -> Sequence[tuple[Delivery, datetime]]:
        """What this worker alone may send, each with the moment for it; empty when time or work is over."""
        while (real_now := self.real_now()) < budget.ends:
            latest = min(real_now + AHEAD, budget.ends)
            until = min(latest + timedelta(seconds=CALL_AT_MOST), budget.ends) + LEASE_MARGIN
            business_now = budget.business_at(real_now)
            leased = self.store.lease(now=business_now, real_now=real_now, until=until, most=most, only=only)
            permitted = list(self._permitted(leased, real_now, latest))
            if permitted or not leased:
                return permitted
            # Everybody's permits are given out for seconds ahead.
            self.sleep(min(NO_ROOM_WAIT, budget.ends - real_now).total_seconds())
        return ()

    def _permitted(
        self, leased: Sequence[Delivery], now: datetime, latest: datetime
    ) -> Iterator[tuple[Delivery, datetime]]:
        paced = [delivery for delivery in leased if lane_of(delivery) is not None]
        yield from ((delivery, now) for delivery in leased if lane_of(delivery) is None)
        reports = [delivery for delivery in paced if lane_of(delivery) is Lane.REPORTS]
        own = self.pace.take(Lane.REPORTS, len(reports), now=now, latest=now) if reports else ()
        yield from zip(reports, own, strict=False)
        # What the reserve has no room for goes with all others, before them.
        rest = reports[len(own) :] + [delivery for delivery in paced if lane_of(delivery) is Lane.ALL]
        given = self.pace.take(Lane.ALL, len(rest), now=now, latest=latest) if rest else ()
        yield from zip(rest, given, strict=False)
        for delivery in rest[len(given) :]:
            self.store.postpone(delivery, until=now + NO_ROOM_WAIT)

    def _carry(self, delivery: Delivery, moment: datetime, budget: Budget) -> Became:
        if (early := (moment - self.real_now()).total_seconds()) > 0:
            self.sleep(early)
        real_now = self.real_now()
        timeout = min((budget.ends - real_now).total_seconds(), CALL_AT_MOST)
        if timeout <= 0:
            self.store.postpone(delivery, until=real_now)
            return Became.POSTPONED
        return self._try(delivery, budget.business_at(real_now), timeout)

    def _try(self, delivery: Delivery, now: datetime, timeout: float) -> Became:
        try:
            _refuse_late(delivery, now)
            self.courier.carry(delivery, timeout=timeout)
        except NotYet as busy:
            self.store.postpone(delivery, until=busy.free_at)
            return Became.POSTPONED
        except DeliveryFailed:
            return self._put_back(delivery, backoff(delivery.attempts))
        except (AddressGone, MessageRefused, TooLate) as reason:
            self.on_undeliverable(delivery, reason)
            if isinstance(reason, AddressGone) and delivery.kind in REPORT_KINDS:
                # An app that was switched off for a minute looks the same as somebody who left.
                return self._put_back(delivery, GONE_WAIT)
            self.store.give_up(delivery, at=now)
            return Became.GIVEN_UP
        except Exception as reason:  # noqa: BLE001 - one that cannot be written must not hold up all behind it
            self.on_undeliverable(delivery, reason)
            return self._put_back(delivery, GONE_WAIT)
        self.store.mark_delivered(delivery, at=now)
        return Became.DELIVERED

    def _put_back(self, delivery: Delivery, wait: timedelta) -> Became:
        self.store.put_back(delivery, retry_at=self.real_now() + wait)
        return Became.PUT_BACK


def _counted(became: Counter[Became]) -> Sent:
    return Sent(became[Became.DELIVERED], became[Became.PUT_BACK], became[Became.GIVEN_UP])


def _refuse_late(delivery: Delivery, now: datetime) -> None:
    if delivery.expires_at is not None and now >= delivery.expires_at:
        raise TooLate


def backoff(attempts: int) -> timedelta:
    """How long to wait after the failed try number `attempts` + 1, with jitter so that workers do not march in step."""
    return timedelta(seconds=min(2.0 ** min(attempts, 6), BACKOFF_AT_MOST - 1) + random.random())  # noqa: S311 - no secret
