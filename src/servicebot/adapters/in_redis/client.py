"""Connects to a Redis, whether it is one server or a Cluster."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError

from servicebot.adapters.in_redis.in_time import ANSWER_S, in_time
from servicebot.domain.errors import UnavailableError
from servicebot.settings import RedisStore

Client: TypeAlias = "Redis | RedisCluster"
_CONNECTIONS: Final = 32
_CONNECT_S: Final = 2.0


@asynccontextmanager
async def connect(store: RedisStore) -> AsyncIterator[tuple[Client, dict[str, Any]]]:
    """An open client and what the server says of itself.

    Raises:
        UnavailableError: It does not answer, or a Cluster is asked for what it cannot promise.
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
    single = Redis(connection_pool=pool)
    try:
        server = await _ask(single, store)
        if server.get("redis_mode") != "cluster":
            yield single, server
            return
    finally:
        await single.aclose()
        await pool.aclose()
    if store.copies:
        raise UnavailableError(
            "SERVICEBOT_REDIS_COPIES is for one primary with its replicas. In a Cluster set "
            "`min-replicas-to-write` on every primary instead, and take the setting out."
        )
    cluster = RedisCluster.from_url(
        store.url, socket_connect_timeout=_CONNECT_S, socket_timeout=None
    )
    try:
        yield cluster, server
    finally:
        await cluster.aclose()


async def _ask(redis: "Redis", store: RedisStore) -> dict[str, Any]:
    try:
        server: dict[str, Any] = await in_time(redis.info())
    except (TimeoutError, RedisError, OSError) as error:
        raise UnavailableError(f"Redis at {plain(store.url)} does not answer: {error}") from error
    return server


def plain(url: str) -> str:
    """The address without its password."""
    return url.rsplit("@", maxsplit=1)[-1]
