"""Linking an identity, step-ups and cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient


async def test_a_link_is_pending_then_bound_and_works_once(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    assert await bank.get(f"/v1/links/{link_id}") == {"link_id": link_id, "state": "pending"}
    path = f"/sandbox/links/{token}/approve"
    assert (await bank.call("POST", path, {"customer": "li-fang"}))[0] == 200
    link = await bank.get(f"/v1/links/{link_id}")
    assert (link["state"], link["display_name"]) == ("bound", "李*")
    status, answer = await bank.call("POST", path, {"customer": "chen-xiaoming"})
    assert (status, answer["code"]) == (409, "token_spent")
    assert await bank.get(f"/v1/links/{link_id}") == link


async def test_a_link_expires_after_ten_minutes(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    bank.clock.advance(minutes=10)
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "expired"
    path = f"/sandbox/links/{token}/approve"
    status, answer = await bank.call("POST", path, {"customer": "li-fang"})
    assert (status, answer["code"]) == (409, "token_spent")


async def test_a_new_link_of_a_channel_user_revokes_the_earlier_subject(bank: BankClient) -> None:
    first, other = await bank.bind("li-fang", "u1"), await bank.bind("li-fang", "u2")
    second = await bank.bind("chen-xiaoming", "u1")
    status, answer = await bank.call("GET", "/v1/me", subject=first)
    assert (status, answer["code"]) == (403, "subject_revoked")
    assert (await bank.get("/v1/me", second))["display_name"] == "陈*明"
    assert (await bank.get("/v1/me", other))["display_name"] == "李*"


async def test_unknown_tokens_and_customers_are_not_found(bank: BankClient) -> None:
    _, token = await bank.open_link()
    for path, body in (
        ("/sandbox/links/nonsense/approve", {"customer": "li-fang"}),
        (f"/sandbox/links/{token}/approve", {"customer": "nobody"}),
        ("/sandbox/step-ups/nonsense/approve", {"customer": "li-fang"}),
        ("/sandbox/step-ups/nonsense/decline", {}),
    ):
        status, answer = await bank.call("POST", path, body)
        assert (status, answer["code"]) == (404, "not_found")


async def new_step_up(bank: BankClient, subject: str) -> tuple[str, str]:
    return await bank.ask_step_up(
        subject, resource_id="loan-li-1", amount_fen=50_000, account_id="acc-li-1"
    )


@pytest.mark.parametrize(("verb", "state"), [("approve", "approved"), ("decline", "declined")])
async def test_a_step_up_is_decided_once(bank: BankClient, verb: str, state: str) -> None:
    subject = await bank.bind("li-fang")
    step_up_id, token = await new_step_up(bank, subject)
    path = f"/v1/step-ups/{step_up_id}"
    assert (await bank.get(path, subject))["state"] == "pending"
    stranger = {"customer": "chen-xiaoming"}
    assert (await bank.call("POST", f"/sandbox/step-ups/{token}/{verb}", stranger))[0] == 404
    owner = {"customer": "li-fang"}
    assert (await bank.call("POST", f"/sandbox/step-ups/{token}/{verb}", owner))[0] == 200
    assert (await bank.get(path, subject))["state"] == state
    for again in ("approve", "decline"):
        status, answer = await bank.call("POST", f"/sandbox/step-ups/{token}/{again}", owner)
        assert (status, answer["code"]) == (409, "token_spent")
    assert (await bank.get(path, subject))["state"] == state


async def test_a_step_up_expires_undecided_after_five_minutes_and_unused_after_five_more(
    bank: BankClient,
) -> None:
    subject = await bank.bind("li-fang")
    undecided, token = await new_step_up(bank, subject)
    approved, approved_token = await new_step_up(bank, subject)
    bank.clock.advance(minutes=4)
    path = f"/sandbox/step-ups/{approved_token}/approve"
    assert (await bank.call("POST", path, {"customer": "li-fang"}))[0] == 200
    bank.clock.advance(minutes=1)
    assert (await bank.get(f"/v1/step-ups/{undecided}", subject))["state"] == "expired"
    assert (await bank.get(f"/v1/step-ups/{approved}", subject))["state"] == "approved"
    late = await bank.call("POST", f"/sandbox/step-ups/{token}/approve", {"customer": "li-fang"})
    assert late[0] == 409
    bank.clock.advance(minutes=4)
    assert (await bank.get(f"/v1/step-ups/{approved}", subject))["state"] == "expired"


async def test_a_repeated_request_for_a_step_up_gives_the_same_page(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    body = {
        "operation": "loan.repay",
        "resource_id": "loan-li-1",
        "amount_fen": 50_000,
        "account_id": "acc-li-1",
        "conversation": "c1",
        "reference": "op1",
    }
    answers = [
        await bank.call("POST", "/v1/step-ups", body, subject=subject, key="key-of-one")
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 201


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "loan.forgive"},
        {"amount_fen": 0},
        {"operation": "card.freeze", "resource_id": "card-li-1", "amount_fen": 1},
    ],
)
async def test_a_step_up_that_makes_no_sense_is_refused(
    bank: BankClient, change: dict[str, object]
) -> None:
    subject = await bank.bind("li-fang")
    body = {
        "operation": "loan.repay",
        "resource_id": "loan-li-1",
        "amount_fen": 50_000,
        "account_id": "acc-li-1",
        "conversation": "c1",
        "reference": "op1",
    }
    status, answer = await bank.call(
        "POST", "/v1/step-ups", body | change, subject=subject, key="key-of-one"
    )
    assert (status, answer["code"]) == (400, "invalid_request")


async def test_a_card_is_frozen_without_a_step_up_and_stays_frozen(bank: BankClient) -> None:
    subject = await bank.bind("he-jun")
    for key in ("key-number-1", "key-number-1", "key-number-2"):
        status, answer = await bank.call(
            "POST", "/v1/cards/card-he-1/freeze", {}, subject=subject, key=key
        )
        assert (status, answer["state"]) == (200, "frozen")
    cards = (await bank.get("/v1/cards", subject))["cards"]
    assert [card["state"] for card in cards] == ["frozen", "frozen", "lost"]
    status, answer = await bank.call(
        "POST", "/v1/cards/card-he-3/freeze", {}, subject=subject, key="key-number-3"
    )
    assert (status, answer["code"]) == (409, "card_lost")


async def test_a_step_up_given_with_a_freeze_must_fit_and_is_used(bank: BankClient) -> None:
    subject = await bank.bind("he-jun")
    wanted = {
        "operation": "card.freeze",
        "resource_id": "card-he-1",
        "amount_fen": 0,
        "account_id": "acc-he-1",
    }
    step_up_id, token = await bank.ask_step_up(subject, **wanted)
    await bank.call("POST", f"/sandbox/step-ups/{token}/approve", {"customer": "he-jun"})
    codes = []
    for card_id in ("card-he-2", "card-he-1", "card-he-1"):
        _, answer = await bank.call(
            "POST",
            f"/v1/cards/{card_id}/freeze",
            {"step_up_id": step_up_id},
            subject=subject,
            key=bank.fresh_key(),
        )
        codes.append(answer.get("code") or answer["state"])
    assert codes == ["step_up_mismatch", "frozen", "step_up_mismatch"]
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "used"
