"""An open loop counts from the intended time, so that a slow server cannot hide."""

import asyncio
from collections import defaultdict
from itertools import cycle

from servicebot.app.bench.arrivals import arrivals
from servicebot.app.bench.loops import closed_loop, open_loop
from servicebot.app.bench.report import percentiles, report

TEXTS = ("one", "two")


class SlowServer:
    """Answers one after another, each in 20 ms; stands still for a while before the tenth."""

    def __init__(self) -> None:
        self.said: dict[int, list[int]] = defaultdict(list)
        self._one = asyncio.Lock()
        self._done = 0

    async def post(self, line: int, said: int, text: str) -> bool:
        assert text in TEXTS
        self.said[line].append(said)
        async with self._one:
            self._done += 1
            await asyncio.sleep(0.5 if self._done == 10 else 0.02)
            return self._done != 5


async def test_what_waits_behind_a_slow_answer_is_measured_from_its_intended_time() -> None:
    times = list(arrivals(40, 1, even=True))
    taken = await open_loop(SlowServer(), times, 40, cycle(TEXTS), lambda: None)
    found = report(taken, 40)
    assert (found.messages, found.errors) == (40, 1)
    # Half a second of standstill at 40 a second: some twenty messages wait for it.
    assert found.p50_ms > 100
    assert found.max_ms >= 480
    assert found.late_p99_ms < found.p50_ms


async def test_a_closed_loop_meets_the_same_standstill_once() -> None:
    taken = await closed_loop(SlowServer(), 40, 1, cycle(TEXTS), lambda: None)
    found = report(taken, None)
    assert (found.messages, found.errors) == (40, 1)
    assert found.p90_ms < 100 < found.max_ms


async def test_a_line_of_talk_counts_its_own_messages() -> None:
    server = SlowServer()
    await closed_loop(server, 12, 3, cycle(TEXTS), lambda: None)
    assert all(said == list(range(len(said))) for said in server.said.values())
    assert sum(map(len, server.said.values())) == 12


def test_percentiles_are_exact_and_nothing_gives_zeros() -> None:
    assert percentiles([float(n) for n in range(101)], (50.0, 99.0, 100.0)) == [50, 99, 100]
    assert percentiles([], (50.0,)) == [0]
