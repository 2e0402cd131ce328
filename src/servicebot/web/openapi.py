"""The OpenAPI 3.1 document of the API, made of the URL table and the forms in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from itertools import product
from typing import Any, Final

import orjson
from aiohttp import web
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import override

from servicebot import __version__
from servicebot.web.answer_forms import ContentProblem, DeskProblem, Problem
from servicebot.web.api_routes import API_ROUTES, LEFT_OUT
from servicebot.web.content_problem import PROBLEM
from servicebot.web.desk_access import PREFIX, cookie_name
from servicebot.web.form_adapter import form_adapter
from servicebot.web.middlewares import AGAIN_LATER, MOST_BODY_BYTES
from servicebot.web.route import IN_A_CROWD, Form, Proof, Route
from servicebot.web.upload import MOST_UPLOAD_BYTES, UPLOAD_TYPE

Json = dict[str, Any]
_KINDS: Final[Mapping[Any, str]] = {str: "text/plain", bytes: UPLOAD_TYPE}

_ABOUT: Final = f"""\
What programs and pages may ask of servicebot.

Bodies are JSON objects of at most {MOST_BODY_BYTES} bytes, not compressed, in UTF-8, without NaN and
without a name twice in an object; fields that are not named here are passed over. What a field must
be is its description, and the words of the refusal. Refusals are `{PROBLEM}`. A browser's `Origin`
must be this server's. Whoever asks too often gets 429, and 503 means later: both say when in
`{AGAIN_LATER}`. A file is uploaded as it is, as `{UPLOAD_TYPE}`, of at most {MOST_UPLOAD_BYTES} bytes.

Left out: {"; ".join(f"`{path}` ({why})" for path, why in LEFT_OUT.items())}.
"""


async def serve_document(request: web.Request) -> web.Response:
    """The document as this server keeps to it."""
    body = orjson.dumps(document(cookie_name(request)))
    return web.Response(body=body, content_type="application/json", charset="utf-8")


@cache
def document(cookie: str) -> Json:
    """The document; it is made once and must not be changed.

    Args:
        cookie: The name of the cookie that holds the desk's session.
    """
    paths: dict[str, Json] = {}
    schemas = _Schemas(API_ROUTES)
    for route in API_ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "servicebot", "version": __version__, "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": schemas.named,
            "responses": _refusals(schemas),
            "securitySchemes": {proof.value: _scheme(proof, cookie) for proof in Proof},
        },
    }


class _Plain(GenerateJsonSchema):
    """Without titles that only say the name of a field again."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class _Schemas:
    """The schemas of all forms, by form and by name."""

    def __init__(self, routes: Sequence[Route]) -> None:
        taken = {route.body for route in routes if route.body is not None}
        told = {form for route in routes for form in route.answers.values() if form is not None}
        wanted: list[tuple[Any, Any, TypeAdapter[Any]]] = [
            *((form, "validation", form_adapter(form)) for form in taken),
            *(
                (form, "serialization", form_adapter(form))
                for form in {*told, Problem, DeskProblem, ContentProblem}
            ),
        ]
        wanted.sort(key=lambda one: str(one[0]))
        found, rest = TypeAdapter.json_schemas(
            wanted, ref_template="#/components/schemas/{model}", schema_generator=_Plain
        )
        self.named: Json = rest["$defs"]
        self._found = {form: schema for (form, _), schema in found.items()}

    def of(self, form: Form) -> Json:
        """What stands for a form."""
        return dict(self._found[form])


def _operation(route: Route, schemas: _Schemas) -> Json:
    words = [word for word in re.split(r"[^A-Za-z0-9]+", route.path) if word]
    operation: Json = {
        "operationId": "_".join((route.method.lower(), *words)),
        "summary": (route.handler.__doc__ or "").partition("\n")[0],
        **_described(route),
        "security": [{route.proof.value: []}] if route.proof is not None else [],
        "parameters": list(_parameters(route)),
        "responses": dict(_responses(route, schemas)),
    }
    if route.body is not None:
        content = {"application/json": {"schema": schemas.of(route.body)}}
        operation["requestBody"] = {"required": True, "content": content}
    if route.takes_file:
        content = {UPLOAD_TYPE: {"schema": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _described(route: Route) -> Json:
    roles = sorted(role.value for role in route.roles or ())
    words = [route.words] if route.words else []
    words += [f"For: {', '.join(roles)}."] if roles else []
    return {"description": "\n\n".join(words)} if words else {}


def _parameters(route: Route) -> Iterator[Json]:
    for name in re.findall(r"{(\w+)}", route.path):
        schema = {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if route.query is not None:
        form = form_adapter(route.query).json_schema(schema_generator=_Plain)
        needed = form.get("required", ())
        for name, schema in form["properties"].items():
            yield {"name": name, "in": "query", "required": name in needed, "schema": schema}


def _responses(route: Route, schemas: _Schemas) -> Iterator[tuple[str, Json]]:
    for status, form in route.answers.items():
        yield str(status), _answer(status, form, schemas)
    of_desk = route.path.startswith(PREFIX)
    for status in sorted(set(route.refuses)):
        name = _refusal_name(for_now=status in IN_A_CROWD, of_desk=of_desk)
        words = HTTPStatus(status).phrase
        yield str(status), {"$ref": f"#/components/responses/{name}", "description": words}


def _refusal_name(*, for_now: bool, of_desk: bool) -> str:
    return ("Desk" if of_desk else "") + ("RefusedForNow" if for_now else "Refused")


def _refusals(schemas: _Schemas) -> Json:
    """The refusals that many routes share, by name."""
    found = {}
    for for_now, of_desk in product((False, True), repeat=2):
        told = [schemas.of(DeskProblem), schemas.of(ContentProblem)] if of_desk else []
        schema = {"anyOf": [*told, schemas.of(Problem)]}
        response: Json = {"description": "Refused", "content": {PROBLEM: {"schema": schema}}}
        if for_now:
            response["headers"] = {AGAIN_LATER: _header("Seconds.", "integer")}
        found[_refusal_name(for_now=for_now, of_desk=of_desk)] = response
    return found


def _answer(status: int, form: Form | None, schemas: _Schemas) -> Json:
    response: Json = {"description": HTTPStatus(status).phrase}
    if status == HTTPStatus.SEE_OTHER:
        response["headers"] = {"Location": _header("Where to go on.", "string")}
    if form is not None:
        kind = _KINDS.get(form, "application/json")
        response["content"] = {kind: {"schema": schemas.of(form)}}
    return response


def _header(words: str, kind: str) -> Json:
    return {"description": words, "required": True, "schema": {"type": kind}}


def _scheme(proof: Proof, cookie: str) -> Json:
    match proof:
        case Proof.API_TOKEN:
            words = "Where no token is set, only a request that names this machine is taken."
            return {"type": "http", "scheme": "bearer", "description": words}
        case Proof.METRICS_TOKEN:
            words = "Where no token is set, there are no metrics here: 404."
            return {"type": "http", "scheme": "bearer", "description": words}
        case Proof.DESK_SESSION:
            words = "Set by signing in; a route that is not for the session's role answers 403."
            return {"type": "apiKey", "in": "cookie", "name": cookie, "description": words}
        case Proof.BANK_SIGNATURE:
            words = "Over `X-Bank-Timestamp` and the body, see docs/bank_api.md."
            name = "X-Bank-Signature"
            return {"type": "apiKey", "in": "header", "name": name, "description": words}
