"""A loan as it stands on a day, and what it owes. Pure: no book, no clock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from servicebot.sandbox_bank.interest import Method, interest_for_days

PENALTY_FACTOR: Final = Decimal("1.5")
"""Penalty interest is the contract's rate plus half of it: a sample figure of the sandbox,
within the 30 % to 50 % that 银发〔2003〕251号 allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installment:
    """One installment. The plain amounts are still to pay, `paid_*` were paid.

    `penalty_fen` is the unpaid penalty up to `penalty_from`; later days come on top.
    Principal paid ahead of its date is recorded with the installment that was open then.
    """

    number: int
    due_on: date
    principal_fen: int
    interest_fen: int
    penalty_fen: int = 0
    penalty_from: date
    is_paid: bool = False
    paid_principal_fen: int = 0
    paid_interest_fen: int = 0
    paid_penalty_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanState:
    """A loan with its installments in order.

    Interest is settled up to `interest_from` but for `accrued_fen`; the principals of the open
    installments add up to the outstanding.
    """

    loan_id: str
    customer_id: str
    account_id: str
    product: str
    principal_fen: int
    annual_rate: Decimal
    method: Method
    opened_on: date
    settlement_fee_ppm: int
    interest_from: date
    accrued_fen: int = 0
    installments: tuple[Installment, ...]

    def open_installments(self) -> tuple[Installment, ...]:
        """Return what is not yet paid, in order."""
        return tuple(item for item in self.installments if not item.is_paid)

    def arrears(self, today: date) -> tuple[Installment, ...]:
        """Return the open installments whose date has come (today included)."""
        return tuple(item for item in self.open_installments() if item.due_on <= today)

    def upcoming(self, today: date) -> tuple[Installment, ...]:
        """Return the open installments of later days."""
        return tuple(item for item in self.open_installments() if item.due_on > today)

    def outstanding_fen(self) -> int:
        """Return the principal that is not repaid."""
        return sum(item.principal_fen for item in self.open_installments())

    def standing(self, today: date) -> str:
        """Return active, overdue or settled."""
        still_open = self.open_installments()
        if not still_open:
            return "settled"
        return "overdue" if still_open[0].due_on < today else "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What is to be paid next: all arrears, or else the next installment."""

    installments: tuple[Installment, ...]
    principal_fen: int
    interest_fen: int
    penalty_fen: int

    @property
    def total_fen(self) -> int:
        """The sum of the three parts."""
        return self.principal_fen + self.interest_fen + self.penalty_fen


def penalty_of(loan: LoanState, item: Installment, today: date) -> int:
    """Return the unpaid penalty of an installment on a day."""
    days = (today - max(item.due_on, item.penalty_from)).days
    return item.penalty_fen + interest_for_days(
        item.principal_fen, loan.annual_rate * PENALTY_FACTOR, days
    )


def accrued_interest(loan: LoanState, today: date) -> int:
    """Return the unpaid interest of the running period, for the days used so far.

    Never more than the running installment asks for, so waiting never makes it cheaper.
    """
    upcoming = loan.upcoming(today)
    if not upcoming:
        return 0
    last_due = max((i.due_on for i in loan.installments if i.due_on <= today), default=date.min)
    carried_fen = loan.accrued_fen if loan.interest_from >= last_due else 0
    days = (today - max(loan.interest_from, last_due)).days
    running_fen = sum(item.principal_fen for item in upcoming)
    used_fen = carried_fen + interest_for_days(running_fen, loan.annual_rate, days)
    return min(used_fen, upcoming[0].interest_fen)


def current_bill(loan: LoanState, today: date) -> Bill | None:
    """Return the bill of a day, or None when the loan is settled."""
    items = loan.arrears(today) or loan.upcoming(today)[:1]
    if not items:
        return None
    return Bill(
        installments=items,
        principal_fen=sum(item.principal_fen for item in items),
        interest_fen=sum(item.interest_fen for item in items),
        penalty_fen=sum(penalty_of(loan, item, today) for item in items),
    )
