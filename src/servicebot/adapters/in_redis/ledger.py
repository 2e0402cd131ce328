"""The ledger on Redis: for many processes on one or more machines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError

from servicebot.adapters.in_redis.in_time import ANSWER_S, in_time
from servicebot.adapters.in_redis.mailbox import RedisMailbox
from servicebot.adapters.in_redis.money_journal import RedisMoneyJournal
from servicebot.adapters.in_redis.outbox import RedisOutbox
from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts
from servicebot.adapters.in_redis.send_quota import RedisSendQuota
from servicebot.adapters.in_redis.tickets import RedisTickets
from servicebot.adapters.in_redis.timeline import RedisTimeline
from servicebot.adapters.in_redis.unrecorded import RedisUnrecorded
from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock
from servicebot.settings import RedisStore

EDITION: Final = 1
_CONNECTIONS: Final = 32
_CONNECT_S: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisLedger:
    """One server and its facets; what they are stands at the port."""

    redis: "Redis"
    mailbox: RedisMailbox
    outbox: RedisOutbox
    timeline: RedisTimeline
    tickets: RedisTickets
    journal: RedisMoneyJournal
    quota: RedisSendQuota
    unrecorded: RedisUnrecorded

    async def check(self) -> None:
        """Asks for a sign of life."""
        try:
            await in_time(self.redis.ping())
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis does not answer: {error}") from error

    async def prune(self) -> int:
        """Nothing to do: each key has its lifetime."""
        return 0


@asynccontextmanager
async def open_redis_ledger(
    store: RedisStore, clock: Clock | None = None
) -> AsyncIterator[RedisLedger]:
    """Connects, looks whether the server keeps what it is given, and closes again.

    Raises:
        UnavailableError: It does not answer, is of another edition, or may lose messages.
    """
    pool = BlockingConnectionPool.from_url(
        store.url,
        max_connections=_CONNECTIONS,
        timeout=ANSWER_S,
        socket_connect_timeout=_CONNECT_S,
        socket_timeout=None,  # every call has its deadline by `in_time`
        health_check_interval=15,
        # Once more where a connection was cut: every script may run twice (a claim that nobody
        # heard of ends with its lease).
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), 1),
    )
    redis = Redis(connection_pool=pool)
    try:
        major = await _look(redis, store)
        partitions = Partitions(name=store.name, count=store.partitions)
        scripts = Scripts(
            redis, major=major, copies=store.copies, copy_ms=store.copy_ms, clock=clock
        )
        yield RedisLedger(
            redis=redis,
            mailbox=RedisMailbox(scripts, partitions),
            outbox=RedisOutbox(scripts, partitions),
            timeline=RedisTimeline(scripts, partitions),
            tickets=RedisTickets(scripts, partitions),
            journal=RedisMoneyJournal(scripts, partitions),
            quota=RedisSendQuota(scripts, partitions),
            unrecorded=RedisUnrecorded(scripts, partitions),
        )
    finally:
        await redis.aclose()
        await pool.aclose()


async def _look(redis: "Redis", store: RedisStore) -> int:
    """The server's major version, once it is sure that the store fits.

    Raises:
        UnavailableError: With what to change.
    """
    try:
        server = await in_time(redis.info())
        edition, partitions = await in_time(_stands(redis, store))
    except (TimeoutError, RedisError, OSError) as error:
        raise UnavailableError(f"Redis at {_plain(store.url)} does not answer: {error}") from error
    if edition > EDITION:
        raise UnavailableError(
            f"The store is of edition {edition}, this program knows {EDITION}: "
            "start the newer program."
        )
    if partitions != store.partitions:
        raise UnavailableError(
            f"The store has {partitions} partitions, the settings say {store.partitions}: "
            "set SERVICEBOT_REDIS_PARTITIONS to what the store has."
        )
    if not store.unsafe:
        _refuse_what_forgets(server)
    return int(str(server["redis_version"]).split(".", maxsplit=1)[0])


async def _stands(redis: "Redis", store: RedisStore) -> tuple[int, int]:
    """Edition and partitions, written where the store is new; a full server is only read."""
    place, fields = f"{store.name}:{{store}}", ["edition", "partitions"]
    found = await redis.hmget(place, fields)
    if None in found:
        await redis.hsetnx(place, "edition", EDITION)
        await redis.hsetnx(place, "partitions", store.partitions)
        found = await redis.hmget(place, fields)
    edition, partitions = (int(cast("bytes", one)) for one in found)
    return edition, partitions


def _refuse_what_forgets(server: dict[str, object]) -> None:
    """A server that keeps nothing on the disk, or drops keys, loses what customers said."""
    if not server.get("aof_enabled"):
        raise UnavailableError(
            "Redis keeps no append-only file: a restart would lose accepted messages. Set "
            "`appendonly yes`, or SERVICEBOT_REDIS_UNSAFE=1 to start all the same."
        )
    policy = server.get("maxmemory_policy", "noeviction")
    if server.get("maxmemory") and policy != "noeviction":
        raise UnavailableError(
            f"Redis drops keys when its memory is full (`{policy}`). Set `maxmemory-policy "
            "noeviction`, or SERVICEBOT_REDIS_UNSAFE=1 to start all the same."
        )


def _plain(url: str) -> str:
    """The address without its password."""
    return url.rsplit("@", maxsplit=1)[-1]
