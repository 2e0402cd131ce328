"""What the bank's answers are made of. Money in fen, days in the bank's zone, instants in UTC."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account and what is in it."""

    account_id: str
    name: str
    tail: str
    balance_fen: int
    available_fen: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCard:
    """A card; `state` is active, frozen or lost."""

    card_id: str
    account_id: str
    tail: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One posting on an account; outgoing is negative."""

    transaction_id: str
    posted_at: datetime
    amount_fen: int
    balance_fen: int
    counterparty: str
    memo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan; `state` is active, overdue or settled."""

    loan_id: str
    product: str
    principal_fen: int
    outstanding_fen: int
    annual_rate: str
    method: str
    opened_on: date
    state: str
    next_due_on: date | None
    next_due_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Installment:
    """One installment; `state` is paid, due, overdue or planned."""

    number: int
    due_on: date
    principal_fen: int
    interest_fen: int
    total_fen: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lender:
    """One lender of a loan; shares are parts of a million."""

    name: str
    share_ppm: int
    outstanding_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A credit limit; `state` is open, frozen or closed."""

    product: str
    total_fen: int
    used_fen: int
    available_fen: int
    state: str
    reason_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A loan application."""

    application_id: str
    product: str
    submitted_on: date
    state: str
    amount_fen: int
    missing: tuple[str, ...] = ()
    reason_code: str | None = None
    reapply_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A wealth product; `issuer` is who manages it, never this bank."""

    holding_id: str
    name: str
    issuer: str
    value_fen: int
    state: str
    arrives_on: date | None = None
