"""The bank's JSON becomes results; what is not as agreed is no answer."""

import pytest

from servicebot.adapters.bank_http.answers import refusal_of, result_of
from servicebot.domain.bank_calls import QuoteRepayment, ReadStepUp, VoidRepayment
from servicebot.domain.bank_results import Quote, Refused, Repayment, StepUp, Voided
from servicebot.domain.errors import UnavailableError

ASKED = QuoteRepayment(loan_id="loan-1", amount_fen=None)

QUOTE = {
    "quote_id": "q",
    "loan_id": "loan-1",
    "product": "weilidai",
    "kind": "full",
    "principal_fen": 100,
    "interest_fen": 0,
    "penalty_fen": 0,
    "fee_fen": 0,
    "total_fen": 100,
    "account_id": "acc-1",
    "account_tail": "6688",
    "outstanding_after_fen": 0,
    "valid_until": "2026-11-23T04:10:00Z",
}


@pytest.mark.parametrize("least", [None, 10_000])
def test_the_least_amount_is_read_where_the_bank_says_it(least: int | None) -> None:
    body = QUOTE if least is None else {**QUOTE, "min_fen": least}
    found = result_of(QuoteRepayment(loan_id="loan-1", amount_fen=None), body)
    assert isinstance(found, Quote)
    assert found.min_fen == least


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (
            {"code": "amount_too_small", "min_fen": 10_000},
            Refused(code="amount_too_small", limit_fen=10_000),
        ),
        (
            {"code": "amount_too_large", "max_fen": 90_000},
            Refused(code="amount_too_large", limit_fen=90_000),
        ),
        ({"code": "amount_too_small"}, Refused(code="amount_too_small")),
    ],
)
def test_a_refused_amount_carries_its_bound(body: dict[str, object], refused: Refused) -> None:
    assert refusal_of(ASKED, body) == refused


@pytest.mark.parametrize("body", [None, {}, {"message": "Forbidden"}, {"code": 7}, {"code": ""}])
def test_a_refusal_without_a_code_is_not_the_banks_word(body: dict[str, object] | None) -> None:
    with pytest.raises(UnavailableError):
        refusal_of(ASKED, body)


def test_voiding_answers_that_the_key_is_void_or_what_was_posted() -> None:
    call = VoidRepayment(key="key-1")
    voided = result_of(call, {"key": "key-1", "state": "voided"})
    assert voided == Voided(key="key-1")
    posted = {"repayment_id": "r", "state": "succeeded", "total_fen": 1, "outstanding_fen": 0}
    found = result_of(call, {**posted, "posted_at": None, "receipt_no": "R"})
    assert isinstance(found, Repayment)
    for nonsense in ({"state": "voided"}, {"key": "key-1", "state": "ok"}, {}):
        with pytest.raises(UnavailableError):
            result_of(call, nonsense)


@pytest.mark.parametrize("reason", [None, "customer", "wrong_pins"])
def test_a_declined_page_says_why_where_the_bank_does(reason: str | None) -> None:
    body = {"step_up_id": "s", "state": "declined"}
    found = result_of(
        ReadStepUp(step_up_id="s"), body if reason is None else {**body, "reason_code": reason}
    )
    assert isinstance(found, StepUp)
    assert found.reason_code == reason
