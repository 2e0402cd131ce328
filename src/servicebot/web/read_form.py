"""What was sent -> a form, or a refusal that names every field that is wrong."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from aiohttp import web
from pydantic import ValidationError

from servicebot.domain.errors import RejectedError
from servicebot.web.form_adapter import form_adapter, form_rules
from servicebot.web.read_json import parse_object, read_object

T = TypeVar("T")
_TOO_LONG: Final = "string_too_long"


async def read_body(request: web.Request, form: type[T]) -> T:
    """The JSON body of a request.

    Raises:
        HTTPUnsupportedMediaType: It does not say that it is JSON.
        RejectedError: It is no JSON object, or not like the form.
        HTTPRequestEntityTooLarge: It is over the server's limit.
    """
    return read_values(await read_object(request), form)


def read_query(request: web.Request, form: type[T]) -> T:
    """The query of a request; of a name that comes twice the first counts.

    Raises:
        RejectedError: It is not like the form.
    """
    return read_values({name: request.query[name] for name in request.query}, form)


def read_text(data: bytes | str, form: type[T]) -> T:
    """A JSON object.

    Raises:
        RejectedError: It is none, or not like the form.
    """
    return read_values(parse_object(data), form)


def read_values(values: Mapping[str, Any], form: type[T]) -> T:
    """What a JSON object holds.

    Raises:
        RejectedError: It is not like the form.
    """
    try:
        read: T = form_adapter(form).validate_python(values)
    except ValidationError as error:
        raise RejectedError(_told(error, form)) from None  # it holds what was sent
    return read


def _told(error: ValidationError, form: type[Any]) -> str:
    told, rules = [], form_rules(form)
    for fault in error.errors(include_url=False):
        name = str(fault["loc"][0])
        if fault["type"] == _TOO_LONG:
            most, length = fault["ctx"]["max_length"], len(fault["input"])
            told.append(f"`{name}` has {length} characters; at most {most}.")
        else:
            told.append(f"`{name}` {rules[name]}")
    return " ".join(dict.fromkeys(told))
