"""Domain values <-> JSON bytes: the one form every store keeps them in."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", kind))


def to_json(value: object) -> bytes:
    """The JSON of a domain value; the same value gives the same bytes."""
    return _adapter(cast("Hashable", type(value))).dump_json(value)


def from_json(kind: type[T], data: bytes | str) -> T:
    """The domain value back.

    Raises:
        ValueError: The bytes are not the JSON of such a value.
    """
    return cast("T", _adapter(cast("Hashable", kind)).validate_json(data))
