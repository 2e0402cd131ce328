"""A form -> the JSON that is sent: the body of a response, or the text of a socket's frame."""

from typing import Any

import orjson
from aiohttp import web

from servicebot.web.form_adapter import form_adapter


def answer(
    told: object, status: int = 200, *, content_type: str = "application/json"
) -> web.Response:
    """The response that tells it."""
    body = form_adapter(type(told)).dump_json(told, by_alias=True)
    return web.Response(body=body, status=status, content_type=content_type, charset="utf-8")


def frame(kind: str, told: object = None, **further: object) -> str:
    """The text of a frame: its `type`, what there is to tell, and all that a form says."""
    said = fields_of(told) if told is not None else {}
    return orjson.dumps({"type": kind, **further, **said}).decode()


def fields_of(told: object) -> dict[str, Any]:
    """A form as JSON has it."""
    fields: dict[str, Any] = form_adapter(type(told)).dump_python(told, mode="json", by_alias=True)
    return fields
