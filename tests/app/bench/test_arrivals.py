"""When an open loop sends."""

from itertools import pairwise

import pytest

from servicebot.app.bench.arrivals import arrivals


def test_an_even_clock_ticks() -> None:
    times = list(arrivals(4, 2, even=True))
    assert times == pytest.approx([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75])


def test_customers_come_independently_at_the_rate() -> None:
    times = list(arrivals(100, 100, even=False, seed=1))
    assert len(times) == pytest.approx(10_000, rel=0.05)
    assert times == sorted(times)
    assert times[-1] < 100
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert sum(gap > 0.01 for gap in gaps) / len(gaps) == pytest.approx(0.368, abs=0.02)


def test_the_same_seed_gives_the_same_times() -> None:
    assert list(arrivals(9, 5, even=False, seed=3)) == list(arrivals(9, 5, even=False, seed=3))
