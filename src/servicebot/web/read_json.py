"""Bodies of requests -> checked fields."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from aiohttp import web

from servicebot.domain.errors import RejectedError

_ID: Final = re.compile(r"[A-Za-z0-9_.:\-]{1,80}")
_NUMBER: Final = re.compile(r"[0-9]{1,10}")
MOST_TEXT: Final = 2_000
MOST_LINES: Final = 2**31  # more than any conversation has


async def read_object(request: web.Request) -> Mapping[str, Any]:
    """The JSON object of a request.

    A page of another site may post text and forms anywhere, but JSON only where it was let.

    Raises:
        HTTPUnsupportedMediaType: It does not say that it is JSON.
        RejectedError: The body is no JSON object.
        HTTPRequestEntityTooLarge: It is over the server's limit.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send `Content-Type: application/json`.")
    return parse_object(await request.read())


def parse_object(data: bytes | str) -> Mapping[str, Any]:
    """A JSON object, read strictly (no NaN, no lone surrogates, no name twice in an object).

    Raises:
        RejectedError: It is none.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise RejectedError(f"The body is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise RejectedError("The body must be a JSON object.")
    _check_names(data)
    return value


def _check_names(data: bytes | str) -> None:
    """Two readers of a doubled name may take different values, and one of them checks in vain.

    Numbers stay text: only the names are looked at.

    Raises:
        RejectedError: An object has a name twice, or lies too deep.
    """
    try:
        json.loads(data, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except RecursionError as error:
        raise RejectedError("The body is nested too deeply.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RejectedError("The body has a name twice in one object.")
    return found


def identifier(values: Mapping[str, Any], name: str) -> str:
    """An id of 1 to 80 letters, digits and `_ . : -`.

    Raises:
        RejectedError: It is missing or has other characters.
    """
    value = values.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise RejectedError(f"`{name}` must have 1 to 80 of A-Z a-z 0-9 _ . : -")
    return value


def line_number(value: object) -> int:
    """The number of the last line that a page has shown: 0 to 2**31, or the digits of one.

    Raises:
        RejectedError: It is another value.
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_LINES:
        raise RejectedError("`after` must be a whole number of 0 to 2147483648.")
    return value


def words(values: Mapping[str, Any], name: str) -> str:
    """A text of 1 to 2,000 characters.

    Raises:
        RejectedError: It is missing, empty or too long.
    """
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RejectedError(f"`{name}` must be a text.")
    if len(value) > MOST_TEXT:
        raise RejectedError(f"`{name}` has {len(value)} characters; at most {MOST_TEXT}.")
    return value
