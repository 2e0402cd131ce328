"""The ledger on Redis: for many processes on one or more machines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, cast

from redis.exceptions import RedisError

from servicebot.adapters.in_redis.bodies import change_bodies
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
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import StartError, UnavailableError, UnreadableError
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Change
from servicebot.ports.seal import Seal
from servicebot.ports.traces import Traces
from servicebot.settings import RedisStore
from servicebot.turns.sealed_form import SealedForm

EDITION: Final = 2
_WORD: Final = "word"  # one sealed word tells a start with the wrong keys


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisLedger:
    """One server and its facets; what they are stands at the port."""

    redis: Client
    name: str
    scripts: Scripts
    partitions: Partitions
    form: SealedForm
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

    async def change_bodies(self, change: Change) -> int:
        """Passes everything sealed through `change`."""
        return await change_bodies(self.redis, self.scripts, self.partitions, change)

    async def erase(self, traces: Traces) -> bool:
        """Deletes a conversation."""
        bare = Conversation(
            id=traces.conversation_id,
            channel=traces.channel,
            sender=traces.sender,
            turns=traces.turns,
        )
        done = await self.scripts.run_and_copy(
            "erase",
            self.partitions.of(bare.id),
            bare.id,
            self.form.write(bare, bare.id) if bare.turns else "",
            len(traces.messages),
            *(message.key for message in traces.messages),
            len(traces.tickets),
            *traces.tickets,
        )
        return bool(done)

    async def prune(self) -> int:
        """Drops what views of tickets still list; other keys have their lifetimes.

        Conversations and the money journal are kept for good.
        """
        gone = [await self.scripts.run("prune", place) for place in self.partitions.all()]
        return sum(gone)


@asynccontextmanager
async def open_redis_ledger(
    store: RedisStore, seal: Seal, clock: Clock | None = None
) -> AsyncIterator[RedisLedger]:
    """Connects, looks whether the server keeps what it is given, and closes again.

    Raises:
        UnavailableError: It does not answer, is of another edition, or may lose messages.
        StartError: It was sealed with other keys.
    """
    async with connect(store) as (redis, server):
        if not store.unsafe:
            _refuse_what_forgets(server)
        edition = await _look(redis, store)
        partitions = Partitions(name=store.name, count=store.partitions)
        major = int(str(server["redis_version"]).split(".", maxsplit=1)[0])
        scripts = Scripts(
            redis, major=major, copies=store.copies, copy_ms=store.copy_ms, clock=clock
        )
        form = SealedForm(seal)
        if edition < EDITION:
            await _seal_all(redis, scripts, partitions, seal)
        await _know_keys(redis, partitions, seal)
        yield RedisLedger(
            redis=redis,
            name=store.name,
            scripts=scripts,
            partitions=partitions,
            form=form,
            mailbox=RedisMailbox(scripts, partitions, form),
            outbox=RedisOutbox(scripts, partitions, form),
            timeline=RedisTimeline(scripts, partitions, form),
            tickets=RedisTickets(scripts, partitions, form),
            journal=RedisMoneyJournal(scripts, partitions, form),
            quota=RedisSendQuota(scripts, partitions),
            unrecorded=RedisUnrecorded(scripts, partitions, form),
        )


async def _look(redis: Client, store: RedisStore) -> int:
    """Looks whether the store fits this program and its settings; returns its edition.

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
    return edition


async def _seal_all(redis: Client, scripts: Scripts, partitions: Partitions, seal: Seal) -> None:
    """Seals what an edition before has left in the clear; several processes may do it at once."""

    def close(body: bytes, about: str) -> bytes | None:
        try:
            seal.open(body, about)
        except UnreadableError:
            return seal.close(body, about)
        return None

    await change_bodies(redis, scripts, partitions, close)
    await in_time(redis.hset(partitions.single("store"), "edition", EDITION))


async def _know_keys(redis: Client, partitions: Partitions, seal: Seal) -> None:
    """Looks whether the store was sealed with these keys; a new one is from now on.

    Raises:
        UnavailableError: The server does not answer.
        StartError: It was sealed with others.
    """
    try:
        word = await in_time(_word(redis, f"{partitions.single('store')}:{_WORD}", seal))
    except (TimeoutError, RedisError, OSError) as error:
        raise UnavailableError(f"Redis does not answer: {error}") from error
    try:
        seal.open(word, "")
    except UnreadableError as error:
        raise StartError(
            f"The store is {error}: set SERVICEBOT_STORE_KEYS_FILE to the keys it was sealed with."
        ) from None


async def _word(redis: Client, place: str, seal: Seal) -> bytes:
    """The sealed word, written where the store is new; a full server is only read."""
    if (found := await redis.get(place)) is None:
        await redis.setnx(place, seal.close(b"servicebot", ""))
        found = await redis.get(place)
    return cast("bytes", found)


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
