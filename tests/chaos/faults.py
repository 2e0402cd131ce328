"""Every fault that `make chaos` plays, by name."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.chaos.cancel_storm import cancel_storm
from tests.chaos.finding import Finding
from tests.chaos.kill_workers import Outcome, kill_workers
from tests.chaos.redis_failover import redis_failover, redis_failover_without_copies
from tests.chaos.redis_full import redis_full
from tests.chaos.redis_killed import redis_killed
from tests.chaos.repayments import repayments
from tests.chaos.sigterm import sigterm
from tests.servers.redis_server import redis_url

KILLS: Final = 1_000  # of repayments, in each store


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of run.

    Attributes:
        row: Its row in docs/reliability.md.
        needs_redis: Whether the machine must have redis-server.
        seeds: At most so many seeds are worth the time.
        play: Plays it with a seed in an empty folder.
    """

    row: str
    needs_redis: bool
    seeds: int
    play: Callable[[int, Path], Awaitable[Finding]]


async def _workers(seed: int, folder: Path, *, in_redis: bool, jumping: bool = False) -> Finding:
    url = redis_url() if in_redis else ""
    return _found(await kill_workers(seed, url, folder, jumping=jumping))


def _found(outcome: Outcome) -> Finding:
    return Finding(
        figures={
            "accepted": 1_000,
            "deliveries": outcome.deliveries,
            "killed": outcome.kills,
            "stood still": outcome.stops,
            "bank calls": outcome.calls,
            "entries": outcome.entries,
        },
        faults=outcome.faults,
    )


def _redis(row: str, seeds: int, play: Callable[[int, Path], Awaitable[Finding]]) -> Fault:
    return Fault(row=row, needs_redis=True, seeds=seeds, play=play)


def _plain(row: str, seeds: int, play: Callable[[int, Path], Awaitable[Finding]]) -> Fault:
    return Fault(row=row, needs_redis=False, seeds=seeds, play=play)


FAULTS: Final[Mapping[str, Fault]] = {
    "workers-sqlite": _plain("F1", 500, partial(_workers, in_redis=False)),
    "workers-redis": _redis("F1", 500, partial(_workers, in_redis=True)),
    "clocks-sqlite": _plain("F19", 5, partial(_workers, in_redis=False, jumping=True)),
    "clocks-redis": _redis("F19", 5, partial(_workers, in_redis=True, jumping=True)),
    "redis-killed-everysec": _redis("F3", 20, partial(redis_killed, fsync="everysec", kills=5)),
    "redis-killed-always": _redis("F3", 20, partial(redis_killed, fsync="always", kills=5)),
    "failover-with-copies": _redis("F4", 20, partial(redis_failover, copies=1)),
    "failover-control": _redis("F4", 3, redis_failover_without_copies),
    "redis-full": _redis("F5", 5, redis_full),
    "repayments-sqlite": _plain("F10", 1, partial(repayments, kills=KILLS)),
    "repayments-redis": _redis("F10", 1, partial(repayments, kills=KILLS, in_redis=True)),
    "sigterm-serve": _plain("F22", 5, partial(sigterm, part="serve")),
    "sigterm-web": _redis("F22", 5, partial(sigterm, part="web")),
    "cancel-storm": _redis("F24", 5, partial(cancel_storm, calls=20_000)),
}
