"""Every value on Redis that holds something sealed, and what it is sealed about."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

from redis.exceptions import RedisError

from servicebot.adapters.in_redis.client import Client
from servicebot.adapters.in_redis.in_time import in_time
from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts
from servicebot.domain.errors import UnavailableError, UnreadableError
from servicebot.ports.ledger import Change

_SINGLE: Final = ("money", "store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One of them.

    Attributes:
        kind: `hash`, `list` or `string`.
        key: Where it stands.
        place: The field of a hash, the index in a list, else empty.
        value: All of what stands there.
        head: How many bytes of it come before the body.
        about: What the body is about.
    """

    kind: str
    key: str
    place: str
    value: bytes
    head: int
    about: str


async def change_bodies(
    redis: Client, scripts: Scripts, partitions: Partitions, change: Change
) -> int:
    """Changes every body that still stands as it was read; returns how many.

    Raises:
        UnavailableError: The server does not answer; what was changed stays so.
    """
    changed = 0
    for partition in (*partitions.all(), *(partitions.single(one) for one in _SINGLE)):
        async for one in bodies(redis, scripts, partition):
            with suppress(UnreadableError):
                body = change(one.value[one.head :], one.about)
                if body is not None:
                    values = (one.kind, one.key, one.place, one.value, one.value[: one.head] + body)
                    changed += await scripts.run("swap_body", partition, *values)
    return changed


async def bodies(redis: Client, scripts: Scripts, partition: str) -> AsyncIterator[Stored]:
    """All bodies of a partition.

    Raises:
        UnavailableError: The server does not answer.
    """
    try:
        for name in await scripts.keys(f"{partition}:"):
            kind, _, rest = name.partition(":")
            for one in await _of(redis, f"{partition}:{name}", kind, rest):
                yield one
    except (RedisError, OSError) as error:
        raise UnavailableError(f"Redis cannot be read: {error}") from error


async def _of(redis: Client, key: str, kind: str, rest: str) -> list[Stored]:  # noqa: PLR0911  one a kind
    match kind:
        case "c":
            return _field(key, "state", await _fields(redis, key, "state"), rest)
        case "m":
            return _field(key, "body", await _fields(redis, key, "body"), rest)
        case "o":
            body, conversation = await _fields(redis, key, "body", "conversation")
            return _field(key, "body", [body], (conversation or b"").decode())
        case "answers" | "t" | "word":
            value = await in_time(redis.get(key))
            return [] if value is None else [_stored("string", key, "", value, 0, rest)]
        case "receipt":
            found = cast("dict[bytes, bytes]", await in_time(redis.hgetall(key)))
            return [
                _stored("hash", key, turn.decode(), body, 0, turn.decode())
                for turn, body in found.items()
            ]
        case "mail" | "lines":
            rows = cast("list[bytes]", await in_time(redis.lrange(key, 0, -1)))
            head = _before_message if kind == "mail" else _before_line
            return [
                _stored("list", key, str(index), row, head(row), rest)
                for index, row in enumerate(rows)
            ]
        case _:
            return []


async def _fields(redis: Client, key: str, *names: str) -> list[bytes | None]:
    return cast("list[bytes | None]", await in_time(redis.hmget(key, list(names))))


def _field(key: str, name: str, values: list[bytes | None], about: str) -> list[Stored]:
    return [_stored("hash", key, name, value, 0, about) for value in values if value is not None]


def _stored(kind: str, key: str, place: str, value: Any, head: int, about: str) -> Stored:  # noqa: ANN401  the client's types
    return Stored(kind=kind, key=key, place=place, value=value, head=head, about=about)


def _before_message(row: bytes) -> int:
    """`position instant body`."""
    position, at, _ = row.split(b" ", 2)
    return len(position) + len(at) + 2


def _before_line(row: bytes) -> int:
    """`instant author length`, then the message's id of that length, then the body."""
    at, author, length, _ = row.split(b" ", 3)
    return len(at) + len(author) + len(length) + 3 + int(length)
