"""How a payment is used up: what a quote shows and what a repayment then does.

Order: the arrears (penalty, then interest, then principal), then the interest of the running
period, then principal ahead of its date. Principal paid ahead makes the remaining
installments smaller, never fewer. An amount that is exactly the next bill pays that
installment as planned. Paying off may cost a fee on the principal that is not yet due.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from servicebot.sandbox_bank.interest import interest_for_days, plan
from servicebot.sandbox_bank.lenders import WHOLE_PPM
from servicebot.sandbox_bank.loan_state import (
    Installment,
    LoanState,
    accrued_interest,
    current_bill,
    penalty_of,
)
from servicebot.sandbox_bank.problems import ProblemError

SMALLEST_PARTIAL_FEN: Final = 10_000
"""100 yuan, a sample figure of the sandbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment, taken apart, and the loan after it."""

    kind: Literal["full", "partial"]
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    fee_fen: int
    loan_after: LoanState

    @property
    def total_fen(self) -> int:
        """What leaves the account."""
        return self.principal_fen + self.interest_fen + self.penalty_fen + self.fee_fen


def plan_payment(loan: LoanState, amount_fen: int | None, today: date) -> Payment:
    """Take a payment apart; None pays everything off.

    Raises:
        ProblemError: nothing_owed, amount_too_small (with min_fen) or amount_too_large
            (with max_fen, the full payoff).
    """
    bill = current_bill(loan, today)
    if bill is None:
        raise ProblemError("nothing_owed", "this loan is settled")
    payoff = _payoff(loan, today)
    if amount_fen is None or amount_fen == payoff.total_fen:
        return payoff
    is_next_bill = amount_fen == bill.total_fen and len(loan.open_installments()) > 1
    if is_next_bill and not loan.arrears(today):
        return _pay_planned(loan, bill.installments[0])
    if amount_fen < SMALLEST_PARTIAL_FEN and not is_next_bill:
        least = {"min_fen": min(SMALLEST_PARTIAL_FEN, payoff.total_fen)}
        raise ProblemError("amount_too_small", "less than the smallest payment", extra=least)
    if amount_fen >= payoff.total_fen - payoff.fee_fen:
        most = {"max_fen": payoff.total_fen}
        raise ProblemError("amount_too_large", "pay exactly max_fen to settle", extra=most)
    return _allocate(loan, amount_fen, today)


def _payoff(loan: LoanState, today: date) -> Payment:
    interest_and_penalty_fen = accrued_interest(loan, today) + sum(
        item.interest_fen + penalty_of(loan, item, today) for item in loan.arrears(today)
    )
    early_fen = sum(item.principal_fen for item in loan.upcoming(today))
    # Half a ppm-unit is added before the division: half up, as everywhere.
    fee_fen = (early_fen * loan.settlement_fee_ppm + WHOLE_PPM // 2) // WHOLE_PPM
    settled = _allocate(loan, interest_and_penalty_fen + loan.outstanding_fen(), today)
    return replace(settled, kind="full", fee_fen=fee_fen)


def _pay_planned(loan: LoanState, item: Installment) -> Payment:
    """Pay the next installment before its date, with the interest that was planned for it."""
    paid = replace(
        item,
        is_paid=True,
        principal_fen=0,
        interest_fen=0,
        paid_principal_fen=item.paid_principal_fen + item.principal_fen,
        paid_interest_fen=item.paid_interest_fen + item.interest_fen,
    )
    others = {other.number: other for other in loan.installments}
    after = replace(
        loan,
        interest_from=item.due_on,
        accrued_fen=0,
        installments=tuple((others | {paid.number: paid}).values()),
    )
    return Payment(
        kind="partial",
        principal_fen=item.principal_fen,
        interest_fen=item.interest_fen,
        penalty_fen=0,
        fee_fen=0,
        loan_after=after,
    )


def _allocate(loan: LoanState, amount_fen: int, today: date) -> Payment:
    arrears, left_fen = _pay_arrears(loan, amount_fen, today)
    accrued_fen = accrued_interest(loan, today)
    interest_paid_fen = min(left_fen, accrued_fen)
    ahead_fen = left_fen - interest_paid_fen
    upcoming = loan.upcoming(today)
    interest_from, still_accrued_fen = loan.interest_from, loan.accrued_fen
    if upcoming and left_fen > 0:
        interest_from = max(today, loan.interest_from)
        still_accrued_fen = accrued_fen - interest_paid_fen
        first = replace(
            upcoming[0],
            interest_fen=upcoming[0].interest_fen - interest_paid_fen,
            paid_interest_fen=upcoming[0].paid_interest_fen + interest_paid_fen,
            paid_principal_fen=upcoming[0].paid_principal_fen + ahead_fen,
        )
        upcoming = _shrink(loan, (first, *upcoming[1:]), ahead_fen, interest_from)
    paid_before = tuple(item for item in loan.installments if item.is_paid)
    rows = sorted((*paid_before, *arrears, *upcoming), key=lambda item: item.number)
    after = replace(
        loan,
        installments=_without_empty_rest(tuple(rows)),
        interest_from=interest_from,
        accrued_fen=still_accrued_fen,
    )
    return _compare(loan, after)


def _pay_arrears(
    loan: LoanState, amount_fen: int, today: date
) -> tuple[tuple[Installment, ...], int]:
    """Pay all penalties, then all interests, then all principals; return rows and the rest."""
    rows = []
    left_fen = amount_fen
    for item in loan.arrears(today):
        owed_fen = penalty_of(loan, item, today)
        paid_fen = min(left_fen, owed_fen)
        left_fen -= paid_fen
        rows.append(
            replace(
                item,
                penalty_fen=owed_fen - paid_fen,
                penalty_from=max(item.due_on, today),
                paid_penalty_fen=item.paid_penalty_fen + paid_fen,
            )
        )
    for place, item in enumerate(rows):
        paid_fen = min(left_fen, item.interest_fen)
        left_fen -= paid_fen
        rows[place] = replace(
            item,
            interest_fen=item.interest_fen - paid_fen,
            paid_interest_fen=item.paid_interest_fen + paid_fen,
        )
    for place, item in enumerate(rows):
        paid_fen = min(left_fen, item.principal_fen)
        left_fen -= paid_fen
        rows[place] = replace(
            item,
            principal_fen=item.principal_fen - paid_fen,
            paid_principal_fen=item.paid_principal_fen + paid_fen,
        )
    return tuple(_closed_if_empty(item) for item in rows), left_fen


def _closed_if_empty(item: Installment) -> Installment:
    is_empty = item.principal_fen == item.interest_fen == item.penalty_fen == 0
    return replace(item, is_paid=is_empty)


def _without_empty_rest(rows: tuple[Installment, ...]) -> tuple[Installment, ...]:
    """Close a loan that owes nothing any more: its later installments fall away."""
    paid = tuple(item for item in rows if item.is_paid)
    rest = tuple(_closed_if_empty(item) for item in rows if not item.is_paid)
    if rest and all(item.is_paid for item in rest):
        return (*paid, rest[0])
    return rows


def _shrink(
    loan: LoanState, upcoming: tuple[Installment, ...], ahead_fen: int, start: date
) -> tuple[Installment, ...]:
    """Plan the remaining installments again over the same dates with less principal.

    The first of them asks only for the days from `start`: those before it are paid.
    """
    if ahead_fen == 0:
        return upcoming
    principal_fen = sum(item.principal_fen for item in upcoming) - ahead_fen
    dates = (start, *(item.due_on for item in upcoming))
    period_days = [(end - begin).days for begin, end in pairwise(dates)]
    parts = plan(loan.method, principal_fen, loan.annual_rate, period_days)
    rows = [
        replace(item, principal_fen=part.principal_fen, interest_fen=part.interest_fen)
        for item, part in zip(upcoming, parts, strict=True)
    ]
    first_interest_fen = interest_for_days(principal_fen, loan.annual_rate, period_days[0])
    rows[0] = replace(rows[0], interest_fen=first_interest_fen)
    return tuple(rows)


def _compare(before: LoanState, after: LoanState) -> Payment:
    """Read the parts of a payment off the two states: nothing can be lost between them."""

    def paid(loan: LoanState) -> tuple[int, int, int]:
        items = loan.installments
        return (
            sum(item.paid_principal_fen for item in items),
            sum(item.paid_interest_fen for item in items),
            sum(item.paid_penalty_fen for item in items),
        )

    parts = [later - earlier for later, earlier in zip(paid(after), paid(before), strict=True)]
    return Payment(
        kind="partial",
        principal_fen=parts[0],
        interest_fen=parts[1],
        penalty_fen=parts[2],
        fee_fen=0,
        loan_after=after,
    )
