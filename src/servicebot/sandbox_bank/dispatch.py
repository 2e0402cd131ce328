"""From an HTTP request to one operation in one transaction, and back."""

import hmac
import json
import sqlite3
from dataclasses import dataclass, replace
from enum import Enum
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from servicebot.sandbox_bank.bank import BANK
from servicebot.sandbox_bank.call import Call, Operation, Reply
from servicebot.sandbox_bank.faults import LATE_KEY
from servicebot.sandbox_bank.identities import resolve_subject
from servicebot.sandbox_bank.keys import perform_once
from servicebot.sandbox_bank.problems import JsonObject, ProblemError
from servicebot.sandbox_bank.repayments import settle_late_repayments
from servicebot.sandbox_bank.wire import KEY_PATTERN, invalid, parse_object


class Scope(Enum):
    """Who may make a call."""

    SERVICE = "service token"
    CUSTOMER = "service token and subject"
    SANDBOX = "anyone on this machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One line of the URL table; `is_keyed` calls need an Idempotency-Key.

    `even_revoked` calls take a revoked subject: what it began must be found out.
    """

    method: str
    path: str
    operation: Operation
    scope: Scope
    is_keyed: bool = False
    even_revoked: bool = False


def handler_of(endpoint: Endpoint) -> Handler:
    """Make the aiohttp handler of an endpoint."""

    async def handle(request: web.Request) -> web.Response:
        bank = request.app[BANK]
        if endpoint.scope is not Scope.SANDBOX:
            _check_token(request, bank.options.service_token)
        key = _read_key(request) if endpoint.is_keyed else ""
        body = await read_body(request)
        moment = bank.clock.moment()

        def work(connection: sqlite3.Connection) -> Reply:
            call = Call(
                connection=connection,
                moment=moment,
                public_url=bank.options.public_url,
                path=request.match_info,
                query=request.query,
                body=body,
                subject=request.headers.get("Subject", ""),
                key=key,
                late=request.get(LATE_KEY),
            )
            return _perform(endpoint, call, f"{request.method} {request.path}")

        reply = await bank.book.run(work)
        if endpoint.scope is Scope.SANDBOX:
            await bank.callbacks.send_pending()
        return respond(reply)

    return handle


async def read_body(request: web.Request) -> JsonObject:
    """Read the JSON body; one that is not declared as JSON is refused."""
    raw = await request.read()
    if raw.strip() and request.content_type != "application/json":
        raise invalid("the Content-Type must be application/json")
    return parse_object(raw)


def respond(reply: Reply) -> web.Response:
    """Write a reply; a refusal is a problem document."""
    if reply.body is None:
        return web.Response(status=reply.status)
    kind = (
        "application/problem+json" if reply.status >= HTTPStatus.BAD_REQUEST else "application/json"
    )
    text = json.dumps(reply.body, ensure_ascii=False)
    headers = {"Cache-Control": "no-store"}
    return web.Response(status=reply.status, text=text, content_type=kind, headers=headers)


def _perform(endpoint: Endpoint, call: Call, request: str) -> Reply:
    settle_late_repayments(call.connection, call.moment)
    if endpoint.scope is Scope.CUSTOMER:
        customer_id = resolve_subject(
            call.connection, call.subject, even_revoked=endpoint.even_revoked
        )
        call = replace(call, customer_id=customer_id)
    if endpoint.is_keyed:
        return perform_once(call, endpoint.operation, request)
    return endpoint.operation(call)


def _check_token(request: web.Request, token: str) -> None:
    given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        raise ProblemError("unauthorized", "send Authorization: Bearer <service token>")


def _read_key(request: web.Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY_PATTERN.fullmatch(key):
        raise ProblemError("key_invalid", "8 to 128 characters of [A-Za-z0-9_-]")
    return key
