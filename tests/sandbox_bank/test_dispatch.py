"""Who may do what: tokens, subjects, strangers' resources, malformed requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from servicebot.sandbox_bank.dispatch import Scope
from servicebot.sandbox_bank.middlewares import is_loopback
from servicebot.sandbox_bank.routes import endpoints

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

EVEN_REVOKED = {
    ("GET", "/v1/repayments/by-key/key-of-nobody"),
    ("POST", "/v1/repayments/key-of-nobody/void"),
}
FOREIGN = {
    "loan_id": "loan-li-1",
    "card_id": "card-li-1",
    "step_up_id": "stp_nobody",
    "key": "key-of-nobody",
    "link_id": "lnk_nobody",
}
BODIES: dict[str, dict[str, object]] = {
    "/v1/repayments": {
        "quote_id": "qte_nobody",
        "loan_id": "loan-li-1",
        "total_fen": 5,
        "account_id": "acc-li-1",
        "step_up_id": "stp_nobody",
    },
    "/v1/step-ups": {
        "operation": "loan.repay",
        "resource_id": "loan-li-1",
        "amount_fen": 5,
        "account_id": "acc-chen-1",
        "conversation": "c1",
        "reference": "r",
    },
}
CALLS = [
    (endpoint.method, endpoint.path.format_map(FOREIGN), endpoint.scope)
    for endpoint in endpoints()
    if endpoint.scope is not Scope.SANDBOX
]


@pytest.mark.parametrize(("method", "path", "_scope"), CALLS)
async def test_every_call_needs_the_service_token(
    bank: BankClient, method: str, path: str, _scope: Scope
) -> None:
    subject = await bank.bind("chen-xiaoming")
    for wrong in ("", "Bearer", "Bearer wrong", "Basic c2VydmljZQ==", "bearer x" * 50):
        status, answer = await bank.call(
            method, path, subject=subject, headers={"Authorization": wrong}
        )
        assert (status, answer["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("method", "path"), [(m, p) for m, p, scope in CALLS if scope is Scope.CUSTOMER]
)
async def test_every_customer_call_needs_a_living_subject(
    bank: BankClient, method: str, path: str
) -> None:
    for subject in ("", "sub_of_nobody_at_all", "'; DROP TABLE subjects; --"):
        status, answer = await bank.call(
            method, path, subject=subject, key="key-of-test", body=BODIES.get(path)
        )
        assert (status, answer["code"]) == (403, "subject_unknown")
    revoked = await bank.bind("chen-xiaoming")
    status, _ = await bank.call("DELETE", "/v1/identities/current", subject=revoked)
    assert status == 204
    status, answer = await bank.call(
        method, path, subject=revoked, key="key-of-test", body=BODIES.get(path)
    )
    if (method, path) in EVEN_REVOKED:
        assert answer.get("code") != "subject_revoked"
        return
    assert (status, answer["code"]) == (403, "subject_revoked")


async def two_customers(bank: BankClient) -> dict[str, dict[str, str]]:
    """Return for each of two customers everything that has an id."""
    found = {}
    for customer, loan_id, card_id, account_id in (
        ("chen-xiaoming", "loan-chen-1", "card-chen-1", "acc-chen-1"),
        ("james-carter", "loan-carter-1", "card-carter-1", "acc-carter-1"),
    ):
        subject = await bank.bind(customer)
        body = await bank.prepare(subject, customer, loan_id, 20_000)
        key = bank.fresh_key()
        assert (await bank.repay(subject, body, key))[0] == 201
        step_up_id, _ = await bank.ask_step_up(
            subject, resource_id=loan_id, amount_fen=1, account_id=account_id
        )
        found[customer] = {
            "subject": subject,
            "loan_id": loan_id,
            "card_id": card_id,
            "account_id": account_id,
            "step_up_id": step_up_id,
            "key": key,
            "quote_id": (await bank.quote(subject, loan_id))["quote_id"],
        }
    return found


async def test_strangers_resources_look_as_if_they_were_not_there(bank: BankClient) -> None:
    things = await two_customers(bank)
    reads = [
        endpoint.path
        for endpoint in endpoints()
        if "{" in endpoint.path
        and endpoint.path.startswith("/v1/")
        and "link" not in endpoint.path
        and not endpoint.path.endswith("/void")  # a key is its customer's own
    ]
    assert len(reads) >= 6
    for owner, stranger in (("chen-xiaoming", "james-carter"), ("james-carter", "chen-xiaoming")):
        subject = things[stranger]["subject"]
        for endpoint in endpoints():
            if endpoint.path not in reads:
                continue
            for ids in (things[owner], dict.fromkeys(things[owner], "nothing-here")):
                answer = await call_at(
                    bank, endpoint.method, endpoint.path.format_map(ids), subject
                )
                code = "key_unknown" if "{key}" in endpoint.path else "not_found"
                assert (answer["status"], answer["code"]) == (404, code), endpoint.path
            own = endpoint.path.format_map(things[stranger])
            assert (await call_at(bank, endpoint.method, own, subject)).get("status") is None


async def call_at(bank: BankClient, method: str, path: str, subject: str) -> Any:
    key = bank.fresh_key() if method == "POST" else ""
    return (await bank.call(method, path, {} if key else None, subject=subject, key=key))[1]


async def test_strangers_ids_in_queries_and_bodies_are_not_there_either(bank: BankClient) -> None:
    things = await two_customers(bank)
    mine, theirs = things["chen-xiaoming"], things["james-carter"]
    status, _ = await bank.call(
        "GET", f"/v1/transactions?account_id={theirs['account_id']}", subject=mine["subject"]
    )
    assert status == 404
    good = {
        "operation": "loan.repay",
        "resource_id": mine["loan_id"],
        "amount_fen": 5,
        "account_id": mine["account_id"],
        "conversation": "c1",
        "reference": "r",
    }
    card = {"operation": "card.freeze", "amount_fen": 0, "resource_id": theirs["card_id"]}
    for change in (
        {"resource_id": theirs["loan_id"]},
        {"account_id": theirs["account_id"]},
        card,
    ):
        status, answer = await bank.call(
            "POST", "/v1/step-ups", good | change, subject=mine["subject"], key=bank.fresh_key()
        )
        assert (status, answer["code"]) == (404, "not_found")
    body = {
        "quote_id": theirs["quote_id"],
        "loan_id": theirs["loan_id"],
        "total_fen": 5,
        "account_id": theirs["account_id"],
        "step_up_id": theirs["step_up_id"],
    }
    status, answer = await bank.repay(mine["subject"], body, bank.fresh_key())
    assert (status, answer["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"amount_fen": 1.5}',
        b'{"amount_fen": true}',
        b'{"amount_fen": -1}',
        b'{"amount_fen": "100"}',
        b'{"amount_fen": 99999999999999999999}',
        b'{"ammount_fen": 100}',
    ],
)
async def test_a_malformed_quote_is_refused_and_never_taken_for_a_payoff(
    bank: BankClient, raw: bytes
) -> None:
    subject = await bank.bind("chen-xiaoming")
    headers = {
        "Authorization": "Bearer service-token-of-the-tests",
        "Subject": subject,
        "Content-Type": "application/json",
    }
    url = f"{bank.base}/v1/loans/loan-chen-1/quotes"
    async with bank.session.post(url, data=raw, headers=headers) as response:
        assert response.status == 400
        assert (await response.json(content_type=None))["code"] == "invalid_request"


@pytest.mark.parametrize("text", ["", "x" * 257, "a\x00b", "a\nb", "\ud800", 5, None])
async def test_a_text_that_cannot_be_kept_is_refused(bank: BankClient, text: object) -> None:
    body = {"channel": "wechat", "channel_user": "u1", "conversation": text}
    status, answer = await bank.call("POST", "/v1/links", body)
    assert (status, answer["code"]) == (400, "invalid_request")


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "has space", "schlüssel-1"])
async def test_a_key_that_is_none_is_refused(bank: BankClient, key: str) -> None:
    subject = await bank.bind("chen-xiaoming")
    status, answer = await bank.repay(subject, BODIES["/v1/repayments"], key)
    assert (status, answer["code"]) == (400, "key_invalid")


async def test_odd_requests_get_problem_documents(bank: BankClient) -> None:
    for method, path, status in (
        ("GET", "/v1/nothing", 404),
        ("PATCH", "/v1/loans", 405),
        ("GET", "/sandbox/nothing", 404),
    ):
        async with bank.session.request(method, bank.base + path) as response:
            assert response.status == status
            assert response.content_type == "application/problem+json"
    async with bank.session.post(
        f"{bank.base}/sandbox/faults",
        data=b"x" * 70_000,
        headers={"Content-Type": "application/json"},
    ) as response:
        assert response.status == 413
    async with bank.session.post(f"{bank.base}/sandbox/faults", data=b"a=b") as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("peer", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:10.0.0.1", False),
        ("10.0.0.1", False),
        ("", False),
        (None, False),
        ("localhost", False),
    ],
)
def test_only_loopback_peers_are_local(peer: str | None, is_local: bool) -> None:  # noqa: FBT001 - a parametrized value
    assert is_loopback(peer) is is_local


async def test_a_forwarded_for_header_changes_nothing(bank: BankClient) -> None:
    async with bank.session.get(
        f"{bank.base}/sandbox/customers", headers={"X-Forwarded-For": "8.8.8.8"}
    ) as response:
        assert response.status == 200


async def test_the_bank_says_that_it_lives(bank: BankClient) -> None:
    assert await bank.get("/healthz") == {"status": "ok"}
