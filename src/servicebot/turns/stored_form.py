"""Domain values <-> JSON bytes: the one form every store keeps them in."""

import re
from collections.abc import Hashable
from functools import cache
from typing import Any, Final, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from servicebot.domain.errors import UnreadableError

T = TypeVar("T")

_NAME: Final = re.compile("[A-Za-z0-9_]+")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", kind))


def prepare(kind: Hashable) -> None:
    """Makes the reader and writer of a kind of value now; else the first value waits for it."""
    _adapter(kind)


def to_json(value: object) -> bytes:
    """The JSON of a domain value; the same value gives the same bytes."""
    return _adapter(cast("Hashable", type(value))).dump_json(value)


def from_json(kind: type[T], data: bytes | str) -> T:
    """The domain value back.

    Raises:
        UnreadableError: The bytes are not the JSON of such a value.
    """
    try:
        return cast("T", _adapter(cast("Hashable", kind)).validate_json(data))
    except ValidationError as error:
        # Neither it nor its text goes on: they hold what was stored, customers' words among it.
        raise UnreadableError(_what_is_wrong(error)) from None


def _what_is_wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    # Names of fields and places in lists; the key of a mapping may be anything.
    names = (str(part) for part in first["loc"])
    place = ".".join(name if _NAME.fullmatch(name) else "…" for name in names)
    return f"{error.title}: {first['type']} at {place or 'the beginning'}"
