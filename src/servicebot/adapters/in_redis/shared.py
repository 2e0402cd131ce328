"""What processes share, on Redis."""

from collections.abc import Awaitable
from typing import Any, TypeVar, cast

from redis.exceptions import RedisError

from servicebot.adapters.in_redis.client import Client
from servicebot.adapters.in_redis.in_time import in_time
from servicebot.domain.errors import UnavailableError

T = TypeVar("T")


class RedisShared:
    """Values with a lifetime; each is one key."""

    def __init__(self, redis: Client, name: str) -> None:
        self._redis = redis
        self._name = name

    async def get(self, name: str) -> bytes | None:
        """A value."""
        return cast("bytes | None", await _answer(self._redis.get(self._key(name))))

    async def put(self, name: str, value: bytes, ttl_s: float | None) -> None:
        """Sets a value."""
        await _answer(self._redis.set(self._key(name), value, px=_ms(ttl_s)))

    async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
        """Sets a value where there is none."""
        return bool(await _answer(self._redis.set(self._key(name), value, px=_ms(ttl_s), nx=True)))

    async def count(self, name: str, ttl_s: float) -> int:
        """Adds one to a counter."""
        async with self._redis.pipeline(transaction=True) as pipe:
            _ = pipe.incr(self._key(name))
            _ = pipe.pexpire(self._key(name), _ms(ttl_s) or 1)
            counted, _ = await _answer(pipe.execute())
        return int(counted)

    async def count_within(self, name: str, window_s: float) -> tuple[int, float]:
        """Adds one to a counter that ends `window_s` after its first."""
        async with self._redis.pipeline(transaction=True) as pipe:
            _ = pipe.set(self._key(name), b"0", px=_ms(window_s), nx=True)
            _ = pipe.incr(self._key(name))
            _ = pipe.pttl(self._key(name))
            _, counted, left_ms = await _answer(pipe.execute())
        return int(counted), max(int(left_ms), 0) / 1000

    async def forget(self, *names: str) -> None:
        """Ends values, counters and groups."""
        for name in names:
            await _answer(self._redis.delete(self._key(name)))

    async def join(self, group: str, member: str, ttl_s: float) -> None:
        """Puts a member into a group."""
        async with self._redis.pipeline(transaction=True) as pipe:
            _ = pipe.sadd(self._key(group), member)
            _ = pipe.pexpire(self._key(group), _ms(ttl_s) or 1)
            await _answer(pipe.execute())

    async def leave(self, group: str, member: str) -> None:
        """Takes a member out of a group."""
        await _answer(self._redis.srem(self._key(group), member))

    async def members(self, group: str) -> frozenset[str]:
        """Who is in a group."""
        found = await _answer(self._redis.smembers(self._key(group)))
        return frozenset(cast("bytes", one).decode() for one in found)

    def _key(self, name: str) -> str:
        return f"{self._name}:shared:{name}"


async def _answer(asked: Awaitable[T] | Any) -> Any:  # noqa: ANN401  the client's own types
    try:
        return await in_time(asked)
    except (RedisError, OSError) as error:
        raise UnavailableError(f"Redis does not answer: {error}") from error


def _ms(ttl_s: float | None) -> int | None:
    return None if ttl_s is None else max(round(ttl_s * 1000), 1)
