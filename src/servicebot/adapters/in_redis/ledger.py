"""The ledger on Redis: for many processes on one or more machines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, cast

from redis.exceptions import RedisError

from servicebot.adapters.in_redis.client import Client, connect, plain
from servicebot.adapters.in_redis.in_time import in_time
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisLedger:
    """One server and its facets; what they are stands at the port."""

    redis: Client
    name: str
    scripts: Scripts
    partitions: Partitions
    mailbox: RedisMailbox
    outbox: RedisOutbox
    timeline: RedisTimeline
    tickets: RedisTickets
    journal: RedisMoneyJournal
    quota: RedisSendQuota
    unrecorded: RedisUnrecorded

    async def check(self) -> None:
        """Writes one key: a server that is full or only a replica takes no message."""
        try:
            await in_time(self.redis.set(f"{self.name}:{{store}}:check", "1", ex=60))
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis does not answer: {error}") from error

    async def prune(self) -> int:
        """Drops what views of tickets still list; other keys have their lifetimes.

        Conversations and the money journal are kept for good.
        """
        gone = [await self.scripts.run("prune", place) for place in self.partitions.all()]
        return sum(gone)


@asynccontextmanager
async def open_redis_ledger(
    store: RedisStore, clock: Clock | None = None
) -> AsyncIterator[RedisLedger]:
    """Connects, looks whether the server keeps what it is given, and closes again.

    Raises:
        UnavailableError: It does not answer, is of another edition, or may lose messages.
    """
    async with connect(store) as (redis, server):
        if not store.unsafe:
            _refuse_what_forgets(server)
        await _look(redis, store)
        partitions = Partitions(name=store.name, count=store.partitions)
        major = int(str(server["redis_version"]).split(".", maxsplit=1)[0])
        scripts = Scripts(
            redis, major=major, copies=store.copies, copy_ms=store.copy_ms, clock=clock
        )
        yield RedisLedger(
            redis=redis,
            name=store.name,
            scripts=scripts,
            partitions=partitions,
            mailbox=RedisMailbox(scripts, partitions),
            outbox=RedisOutbox(scripts, partitions),
            timeline=RedisTimeline(scripts, partitions),
            tickets=RedisTickets(scripts, partitions),
            journal=RedisMoneyJournal(scripts, partitions),
            quota=RedisSendQuota(scripts, partitions),
            unrecorded=RedisUnrecorded(scripts, partitions),
        )


async def _look(redis: Client, store: RedisStore) -> None:
    """Looks whether the store fits this program and its settings.

    Raises:
        UnavailableError: With what to change.
    """
    try:
        edition, partitions = await in_time(_stands(redis, store))
    except (TimeoutError, RedisError, OSError) as error:
        raise UnavailableError(f"Redis at {plain(store.url)} does not answer: {error}") from error
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


async def _stands(redis: Client, store: RedisStore) -> tuple[int, int]:
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
