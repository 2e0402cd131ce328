"""Bodies of requests -> JSON objects, read strictly."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

from servicebot.domain.errors import RejectedError


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
