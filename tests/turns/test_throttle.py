"""Counting goes on where the shared store does not answer, and nobody waits for it."""

import asyncio
import time

import pytest
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.domain.errors import TooManyError, UnavailableError
from servicebot.domain.rates import Rate, parse_rate
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.throttle import Deed, Throttle

RATE = Rate(per_s=1, at_once=2)


class NoStore:
    """A store that is gone, or one that never answers."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent
        self.asked = 0

    async def take(self, name: str, rate: Rate) -> float:
        self.asked += 1
        if self.silent:
            await asyncio.sleep(60)
        raise UnavailableError(f"{name} {rate}")


@pytest.mark.parametrize("store", [NoStore(silent=False), NoStore(silent=True)])
async def test_without_the_store_each_process_counts_for_itself(store: NoStore) -> None:
    clock, metrics = SettableClock(), Metrics()
    throttle = Throttle(
        {Deed.SESSION: RATE},
        shared=store,
        own=InProcessBuckets(clock),
        clock=clock,
        metrics=metrics,
    )
    began = time.monotonic()
    await throttle.count(Deed.SESSION, "a")
    await throttle.count(Deed.SESSION, "a")
    with pytest.raises(TooManyError) as caught:
        await throttle.count(Deed.SESSION, "a")
    assert caught.value.retry_after_s == pytest.approx(1.0)
    assert store.asked == 1
    assert time.monotonic() - began < 2
    assert b'servicebot_refused_total{what="session"} 1.0' in metrics.text()
    clock.advance(6)
    await throttle.count(Deed.SESSION, "a")
    assert store.asked == 2


async def test_what_has_no_rate_is_not_counted() -> None:
    clock, store = SettableClock(), NoStore(silent=False)
    own = InProcessBuckets(clock)
    throttle = Throttle({}, shared=store, own=own, clock=clock, metrics=Metrics())
    for _ in range(100):
        await throttle.count(Deed.SIGN_IN, "a")
    assert (store.asked, len(own)) == (0, 0)


@pytest.mark.parametrize(
    ("raw", "rate"),
    [
        ("2/s+100", Rate(per_s=2, at_once=100)),
        ("30/min+5", Rate(per_s=0.5, at_once=5)),
        ("36/h+1", Rate(per_s=0.01, at_once=1)),
        ("0.5/s+1", Rate(per_s=0.5, at_once=1)),
        ("off", None),
    ],
)
def test_a_rate_is_read(raw: str, rate: Rate | None) -> None:
    assert parse_rate(raw) == rate


@pytest.mark.parametrize("raw", ["", "2", "2/s", "0/s+5", "2/s+0", "-1/s+2", "2/day+1", "9" * 400])
def test_what_is_no_rate_is_told(raw: str) -> None:
    with pytest.raises(ValueError, match="must be like"):
        parse_rate(raw)
