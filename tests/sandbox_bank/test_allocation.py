from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from servicebot.sandbox_bank.allocation import Payment, plan_payment
from servicebot.sandbox_bank.interest import Method, interest_for_days
from servicebot.sandbox_bank.loan_state import LoanState, accrued_interest, current_bill
from servicebot.sandbox_bank.problems import ProblemError
from servicebot.sandbox_bank.seed.plant import sample_loan_state
from servicebot.sandbox_bank.seed.shapes import SampleLoan

TODAY = date(2026, 5, 15)


def a_loan(
    method: Method = "equal_installment",
    *,
    principal_fen: int = 1_200_000,
    months: int = 12,
    paid: int = 3,
    due_in_days: int = 9,
    fee_ppm: int = 0,
) -> LoanState:
    sample = SampleLoan(
        loan_id="loan-1",
        product="weilidai",
        account_id="acc-1",
        principal_fen=principal_fen,
        annual_rate="0.1460",
        method=method,
        months=months,
        paid=paid,
        due_in_days=due_in_days,
        settlement_fee_ppm=fee_ppm,
    )
    return sample_loan_state(sample, "somebody", TODAY)


@st.composite
def loans(draw: st.DrawFn) -> LoanState:
    months = draw(st.integers(min_value=1, max_value=24))
    return a_loan(
        draw(st.sampled_from(("equal_installment", "interest_first", "daily_interest"))),
        principal_fen=draw(st.integers(min_value=1, max_value=10**9)),
        months=months,
        paid=draw(st.integers(min_value=0, max_value=months - 1)),
        due_in_days=draw(st.integers(min_value=-100, max_value=31)),
        fee_ppm=draw(st.sampled_from((0, 30_000))),
    )


def check_books(before: LoanState, payment: Payment) -> None:
    """Whatever was paid: nothing is lost, nothing is negative, dates stay."""
    after = payment.loan_after
    assert before.outstanding_fen() - payment.principal_fen == after.outstanding_fen()
    repaid_fen = sum(item.paid_principal_fen for item in after.installments)
    assert repaid_fen + after.outstanding_fen() == before.principal_fen
    assert min(payment.principal_fen, payment.interest_fen, payment.penalty_fen) >= 0
    for item in after.installments:
        assert min(item.principal_fen, item.interest_fen, item.penalty_fen) >= 0
        assert not item.is_paid or item.principal_fen == item.interest_fen == 0
    dates = {item.number: item.due_on for item in before.installments}
    assert all(dates[item.number] == item.due_on for item in after.installments)


@given(loan=loans())
def test_a_payoff_settles_the_loan(loan: LoanState) -> None:
    payment = plan_payment(loan, None, TODAY)
    check_books(loan, payment)
    assert payment.kind == "full"
    assert payment.principal_fen == loan.outstanding_fen()
    assert payment.loan_after.standing(TODAY) == "settled"
    with pytest.raises(ProblemError) as refusal:
        plan_payment(payment.loan_after, None, TODAY)
    assert refusal.value.code == "nothing_owed"


@given(loan=loans(), share=st.floats(min_value=0.001, max_value=0.999))
def test_a_part_is_used_up_to_the_fen_and_keeps_the_number_of_installments(
    loan: LoanState, share: float
) -> None:
    payoff = plan_payment(loan, None, TODAY)
    amount_fen = int((payoff.total_fen - payoff.fee_fen) * share)
    assume(amount_fen >= 10_000)
    payment = plan_payment(loan, amount_fen, TODAY)
    check_books(loan, payment)
    assert payment.total_fen == amount_fen
    assert payment.fee_fen == 0
    assert len(payment.loan_after.installments) == len(loan.installments)
    assert payment.loan_after.open_installments()


@given(loan=loans(), share=st.floats(min_value=0.01, max_value=0.99), wait=st.integers(0, 70))
def test_paying_in_two_steps_repays_the_same_principal_as_in_one(
    loan: LoanState, share: float, wait: int
) -> None:
    payoff = plan_payment(loan, None, TODAY)
    amount_fen = int((payoff.total_fen - payoff.fee_fen) * share)
    assume(amount_fen >= 10_000)
    first = plan_payment(loan, amount_fen, TODAY)
    later = TODAY + timedelta(days=wait)
    second = plan_payment(first.loan_after, None, later)
    check_books(first.loan_after, second)
    assert first.principal_fen + second.principal_fen == loan.outstanding_fen()
    if wait == 0:
        # On one day two payments never cost less interest than one, and never more.
        together = (
            first.interest_fen + second.interest_fen,
            first.penalty_fen + second.penalty_fen,
        )
        if amount_fen != (bill.total_fen if (bill := current_bill(loan, TODAY)) else 0):
            assert together == (payoff.interest_fen, payoff.penalty_fen)


@given(loan=loans(), days=st.integers(min_value=0, max_value=400))
def test_waiting_never_makes_the_payoff_cheaper(loan: LoanState, days: int) -> None:
    today = TODAY + timedelta(days=days)
    now = plan_payment(replace(loan, settlement_fee_ppm=0), None, today)
    then = plan_payment(replace(loan, settlement_fee_ppm=0), None, today + timedelta(days=1))
    assert then.total_fen >= now.total_fen


def test_arrears_are_paid_penalty_first_then_interest_then_principal() -> None:
    loan = a_loan(due_in_days=-40)
    bill = current_bill(loan, TODAY)
    assert bill is not None
    assert len(bill.installments) == 2
    assert bill.penalty_fen > 0
    payment = plan_payment(loan, bill.penalty_fen + bill.interest_fen + 5, TODAY)
    assert payment.penalty_fen == bill.penalty_fen
    assert payment.interest_fen == bill.interest_fen
    assert payment.principal_fen == 5
    settled_bill = plan_payment(loan, bill.total_fen, TODAY)
    assert settled_bill.loan_after.standing(TODAY) == "active"


def test_penalty_is_one_and_a_half_times_the_rate_on_the_overdue_principal() -> None:
    loan = a_loan(due_in_days=-10)
    first = loan.open_installments()[0]
    bill = current_bill(loan, TODAY)
    assert bill is not None
    expected_fen = interest_for_days(first.principal_fen, loan.annual_rate * 3 / 2, 10)
    assert bill.penalty_fen == expected_fen


def test_paying_ahead_pays_the_days_used_and_makes_every_installment_smaller() -> None:
    loan = a_loan()
    accrued_fen = accrued_interest(loan, TODAY)
    days = (TODAY - loan.interest_from).days
    assert accrued_fen == interest_for_days(loan.outstanding_fen(), loan.annual_rate, days)
    payment = plan_payment(loan, 300_000, TODAY)
    assert payment.interest_fen == accrued_fen
    assert payment.principal_fen == 300_000 - accrued_fen
    assert accrued_interest(payment.loan_after, TODAY) == 0
    before = loan.open_installments()
    after = payment.loan_after.open_installments()
    assert len(before) == len(after) == 9
    for old, new in zip(before, after, strict=True):
        assert new.principal_fen + new.interest_fen < old.principal_fen + old.interest_fen


def test_the_next_bill_paid_early_is_paid_as_planned() -> None:
    loan = a_loan(due_in_days=9)
    bill = current_bill(loan, TODAY)
    assert bill is not None
    payment = plan_payment(loan, bill.total_fen, TODAY)
    assert (payment.principal_fen, payment.interest_fen) == (bill.principal_fen, bill.interest_fen)
    next_bill = current_bill(payment.loan_after, TODAY)
    assert next_bill is not None
    assert next_bill.installments[0] == loan.open_installments()[1]
    assert accrued_interest(payment.loan_after, TODAY) == 0


def test_a_small_bill_may_be_paid_although_other_small_amounts_may_not() -> None:
    loan = a_loan("interest_first", principal_fen=500_000)
    bill = current_bill(loan, TODAY)
    assert bill is not None
    assert bill.total_fen < 10_000
    assert plan_payment(loan, bill.total_fen, TODAY).principal_fen == 0
    with pytest.raises(ProblemError) as refusal:
        plan_payment(loan, bill.total_fen + 1, TODAY)
    assert (refusal.value.code, refusal.value.extra) == ("amount_too_small", {"min_fen": 10_000})


def test_too_much_is_refused_and_the_payoff_named() -> None:
    loan = a_loan()
    payoff_fen = plan_payment(loan, None, TODAY).total_fen
    with pytest.raises(ProblemError) as refusal:
        plan_payment(loan, payoff_fen + 1, TODAY)
    assert (refusal.value.code, refusal.value.extra) == (
        "amount_too_large",
        {"max_fen": payoff_fen},
    )
    assert plan_payment(loan, payoff_fen, TODAY).kind == "full"


def test_the_settlement_fee_is_on_the_principal_that_is_not_yet_due() -> None:
    loan = a_loan("interest_first", principal_fen=4_500_000, fee_ppm=30_000)
    payment = plan_payment(loan, None, TODAY)
    assert payment.fee_fen == 135_000
    last = loan.installments[-1].due_on
    assert plan_payment(loan, None, last).fee_fen == 0


def test_a_long_first_period_never_costs_more_than_its_installment_asks_for() -> None:
    loan = a_loan(paid=0, due_in_days=9)
    early = replace(loan, interest_from=loan.interest_from - timedelta(days=60))
    asked_fen = early.installments[0].interest_fen
    assert accrued_interest(early, TODAY) == asked_fen
    assert accrued_interest(loan, TODAY) < asked_fen
