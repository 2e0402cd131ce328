"""A running sandbox bank on a real socket, and a client that checks every answer's shape."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestServer
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # ships no types

from servicebot.sandbox_bank.app import create_app
from servicebot.sandbox_bank.openapi import CALLS, document
from servicebot.sandbox_bank.options import SandboxOptions

TOKEN = "service-token-of-the-tests"
PUBLIC_URL = "http://bank.test"
TODAY = date(2026, 5, 15)
DOCUMENT = document(PUBLIC_URL)


class ManualClock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 5, 15, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def advance(self, **parts: float) -> None:
        self.instant += timedelta(**parts)


def check_shape(method: str, path: str, status: int, body: object) -> None:
    """Hold an answer against the OpenAPI document."""
    wanted = path.partition("?")[0].strip("/").split("/")
    for (verb, pattern), described in CALLS.items():
        parts = pattern.strip("/").split("/")
        fits = len(parts) == len(wanted) and all(
            a == b or a.startswith("{") for a, b in zip(parts, wanted, strict=True)
        )
        if verb == method.lower() and fits:
            name = described.answer if status < 400 else "Problem"
            assert status >= 400 or status == described.status
            if name:
                schema = {"$ref": f"#/components/schemas/{name}"} | {
                    "components": DOCUMENT["components"]
                }
                Draft202012Validator(schema).validate(body)
            return
    raise AssertionError(f"{method} {path} is not in the document")


@dataclass(kw_only=True)
class BankClient:
    """Speaks to one bank as servicebot does, and as the sandbox's scripts do."""

    session: ClientSession
    base: str
    clock: ManualClock
    keys: itertools.count[int] = field(default_factory=itertools.count)
    code: str = ""

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        subject: str = "",
        key: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        sent = {"Authorization": f"Bearer {TOKEN}"}
        sent |= {"Subject": subject} if subject else {}
        sent |= {"Idempotency-Key": key} if key else {}
        sent |= dict(headers or {})
        async with self.session.request(
            method, self.base + path, json=body, headers=sent
        ) as response:
            answer = await self._read(response)
        check_shape(method, path, response.status, answer)
        return response.status, answer

    @staticmethod
    async def _read(response: ClientResponse) -> Any:
        if response.status == 204:
            return None
        if response.status >= 400:
            assert response.content_type == "application/problem+json"
        return await response.json(content_type=None)

    def fresh_key(self) -> str:
        return f"key-of-test-{next(self.keys):05d}"

    async def get(self, path: str, subject: str = "") -> Any:
        status, answer = await self.call("GET", path, subject=subject)
        assert status == 200, answer
        return answer

    async def open_link(self, user: str = "u1", conversation: str = "c1") -> tuple[str, str]:
        """Return the link's id and token; `code` is what its page asks for."""
        body = {"channel": "wechat", "channel_user": user, "conversation": conversation}
        status, link = await self.call("POST", "/v1/links", body)
        assert status == 201, link
        self.code = link["code"]
        return link["link_id"], link["url"].removeprefix(f"{PUBLIC_URL}/link/")

    async def bind(self, customer: str, user: str = "") -> str:
        """Link a channel user to a sample customer and return the subject."""
        link_id, token = await self.open_link(user or f"user-of-{customer}")
        path = f"/sandbox/links/{token}/approve"
        status, answer = await self.call("POST", path, {"customer": customer})
        assert status == 200, answer
        subject: str = (await self.get(f"/v1/links/{link_id}"))["subject"]
        return subject

    async def quote(self, subject: str, loan_id: str, amount_fen: int | None = None) -> Any:
        body = {} if amount_fen is None else {"amount_fen": amount_fen}
        path = f"/v1/loans/{loan_id}/quotes"
        status, answer = await self.call("POST", path, body, subject=subject)
        assert status == 201, answer
        return answer

    async def ask_step_up(self, subject: str, **changes: object) -> tuple[str, str]:
        """Return the step-up's id and token."""
        body = {"operation": "loan.repay", "conversation": "c1", "reference": "op1"} | changes
        status, answer = await self.call(
            "POST", "/v1/step-ups", body, subject=subject, key=self.fresh_key()
        )
        assert status == 201, answer
        return answer["step_up_id"], answer["url"].removeprefix(f"{PUBLIC_URL}/step-up/")

    async def approved_step_up(self, subject: str, customer: str, quote: Any) -> str:
        step_up_id, token = await self.ask_step_up(
            subject,
            resource_id=quote["loan_id"],
            amount_fen=quote["total_fen"],
            account_id=quote["account_id"],
        )
        path = f"/sandbox/step-ups/{token}/approve"
        status, answer = await self.call("POST", path, {"customer": customer})
        assert status == 200, answer
        return step_up_id

    async def prepare(
        self, subject: str, customer: str, loan_id: str, amount_fen: int | None = None
    ) -> dict[str, Any]:
        """Quote and confirm; return the body of the repayment."""
        quote = await self.quote(subject, loan_id, amount_fen)
        return {
            "quote_id": quote["quote_id"],
            "loan_id": loan_id,
            "total_fen": quote["total_fen"],
            "account_id": quote["account_id"],
            "step_up_id": await self.approved_step_up(subject, customer, quote),
        }

    async def repay(self, subject: str, body: object, key: str) -> tuple[int, Any]:
        return await self.call("POST", "/v1/repayments", body, subject=subject, key=key)

    async def postings(self, loan_id: str) -> Any:
        return (await self.get(f"/sandbox/ledger?loan_id={loan_id}"))["postings"]

    async def standing(self, subject: str, loan_id: str) -> Any:
        """Return all that a repayment may change."""
        path = f"/v1/loans/{loan_id}"
        return {
            "accounts": await self.get("/v1/accounts", subject),
            "transactions": await self.get("/v1/transactions?limit=200", subject),
            "loans": await self.get("/v1/loans", subject),
            "schedule": await self.get(f"{path}/schedule", subject),
            "lenders": await self.get(f"{path}/lenders", subject),
            "limits": await self.get("/v1/limits", subject),
            "postings": await self.postings(loan_id),
        }

    async def fault(self, kind: str, path: str, count: int = 1, **more: object) -> None:
        body = {"path": path, "kind": kind, "count": count} | more
        status, answer = await self.call("POST", "/sandbox/faults", body)
        assert status == 201, answer


StartBank = Callable[..., Awaitable[BankClient]]


@pytest.fixture
async def start_bank() -> AsyncIterator[StartBank]:
    """Start banks; `stop_bank` in the tests' hands is closing the session's server."""
    closing: list[Callable[[], Awaitable[None]]] = []

    async def start(
        book_path: Path | Literal[":memory:"] = ":memory:",
        *,
        today: date | None = TODAY,
        callback_url: str | None = None,
        clock: ManualClock | None = None,
    ) -> BankClient:
        clock = clock or ManualClock()
        options = SandboxOptions(
            host="127.0.0.1",
            port=0,
            book_path=book_path,
            service_token=TOKEN,
            callback_url=callback_url,
            callback_secret="secret-of-the-tests",
            public_url=PUBLIC_URL,
            today=today,
            callback_delays_s=(0.02, 0.02, 0.02),
        )
        server = TestServer(create_app(options, now=clock.now))
        await server.start_server(access_log=None)
        session = ClientSession()
        closing.extend((server.close, session.close))
        return BankClient(session=session, base=str(server.make_url("")).rstrip("/"), clock=clock)

    yield start
    for close in reversed(closing):
        await close()


@pytest.fixture
async def bank(start_bank: StartBank) -> BankClient:
    """A bank with a fresh book in memory."""
    return await start_bank()
