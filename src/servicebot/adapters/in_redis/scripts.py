"""Runs the Lua scripts: loaded once, called by their hash, every fault one error of ours."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from redis.exceptions import NoScriptError, RedisError

from servicebot.adapters.in_redis.client import Client
from servicebot.adapters.in_redis.in_time import in_time
from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock

_FOLDER: Final = Path(__file__).parent / "scripts"
_AT_ONCE: Final = 500
_DAYS_90_S: Final = 90 * 86_400
# With it a script runs when memory is full: it frees more than it takes. Redis 7 only.
_DRAINS: Final = "#!lua flags=allow-oom\n"
_TAKES_MEMORY: Final = frozenset({"accept", "allow_sends", "begin_move", "take"})

Value = bytes | str | int


class Scripts:
    """The scripts for one server."""

    def __init__(
        self, redis: Client, *, major: int, copies: int, copy_ms: int, clock: Clock | None
    ) -> None:
        """Reads the scripts.

        Args:
            redis: The open client; answers are bytes.
            major: The server's major version.
            copies: How many replicas must have what was accepted or committed; 0 asks nobody.
            copy_ms: How long they may take.
            clock: Tells the time instead of the server, in tests that move it.
        """
        prelude = (_FOLDER / "prelude.lua").read_text("utf-8")
        self._redis = redis
        self._clock = clock
        self._copies = copies
        self._copy_ms = copy_ms
        self._texts: dict[str, str] = {}
        for path in (one for one in _FOLDER.glob("*.lua") if one.stem != "prelude"):
            body = (prelude + path.read_text("utf-8")).replace("LINES_S", str(_DAYS_90_S))
            drains = major >= 7 and path.stem not in _TAKES_MEMORY  # noqa: PLR2004  Redis 7
            self._texts[path.stem] = (_DRAINS if drains else "") + body
        self._hashes = {
            name: hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  the name Redis gives it
            for name, text in self._texts.items()
        }

    async def run(self, name: str, partition: str, *values: Value) -> Any:  # noqa: ANN401  a script's
        """Runs a script in a partition.

        Raises:
            UnavailableError: The server did not do it, or nobody knows whether it did.
        """
        (answer,) = await self._send(name, partition, values)
        return answer

    async def run_and_copy(self, name: str, partition: str, *values: Value) -> Any:  # noqa: ANN401
        """Runs a script and returns once enough replicas have what it wrote.

        Raises:
            UnavailableError: As `run`, or too few replicas have it: it may be lost by a failover,
                so whoever sent it must send it again.
        """
        if not self._copies:
            return await self.run(name, partition, *values)
        answer, copied = await self._send(name, partition, values, copies=self._copies)
        if copied < self._copies:
            raise UnavailableError(
                f"{copied} of {self._copies} replicas have it; send it again.", retry_after_s=1.0
            )
        return answer

    async def get(self, key: str, field: str = "") -> bytes | None:
        """One value, or one field of a hash.

        Raises:
            UnavailableError: The server does not answer.
        """
        try:
            asked = self._redis.hget(key, field) if field else self._redis.get(key)
            found = await in_time(asked)
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis cannot be read: {error}") from error
        return cast("bytes | None", found)  # the client decodes nothing

    async def keys(self, prefix: str) -> list[str]:
        """What follows the prefix in every key that begins with it.

        Raises:
            UnavailableError: The server does not answer.
        """
        pattern = f"{literal(prefix)}*"
        try:
            found = [key async for key in self._redis.scan_iter(match=pattern, count=_AT_ONCE)]
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis cannot be read: {error}") from error
        return [cast("bytes", key).decode().removeprefix(prefix) for key in found]

    async def get_all(self, *keys: str) -> list[bytes | None]:
        """Several values of one partition.

        Raises:
            UnavailableError: The server does not answer.
        """
        try:
            found = await in_time(self._redis.mget(*keys))
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis cannot be read: {error}") from error
        return cast("list[bytes | None]", found)

    async def _send(
        self, name: str, partition: str, values: Sequence[Value], *, copies: int = 0
    ) -> list[Any]:
        arguments = (self._hashes[name], 1, partition, self._now(), *values)
        try:
            try:
                return await in_time(self._ask(arguments, copies))
            except NoScriptError:  # the server has restarted
                await in_time(self._redis.script_load(self._texts[name]))
                return await in_time(self._ask(arguments, copies))
        except (RedisError, OSError) as error:
            raise UnavailableError(f"Redis does not do it: {error}") from error

    async def _ask(self, arguments: tuple[Any, ...], copies: int) -> list[Any]:
        """Both over one connection: WAIT is about the writes of its own."""
        if not copies:
            return [await self._redis.evalsha(*arguments)]
        async with self._redis.pipeline(transaction=False) as pipe:
            _ = pipe.evalsha(*arguments)  # queued; `execute` sends both
            _ = pipe.wait(copies, self._copy_ms)
            return list(await pipe.execute())

    def _now(self) -> str:
        return str(micros(self._clock.now())) if self._clock is not None else ""


def literal(name: str) -> str:
    """The name as a pattern that matches only itself."""
    return "".join(f"\\{sign}" if sign in "*?[]\\^" else sign for sign in name)


def lasting(seconds: float) -> int:
    """A length of time in microseconds."""
    return round(seconds * 1_000_000)


def micros(at: datetime) -> int:
    """An instant in microseconds."""
    return round(at.timestamp() * 1_000_000)
