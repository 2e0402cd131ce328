"""The bank's answers. Money in fen, days in the bank's zone, instants in UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


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
class Accounts:
    """Answer to ListAccounts."""

    items: tuple[Account, ...]
    kind: Literal["accounts"] = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCard:
    """A card; `state` is active, frozen or lost."""

    card_id: str
    account_id: str
    tail: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Answer to ListCards."""

    items: tuple[BankCard, ...]
    kind: Literal["cards"] = "cards"


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
class Transactions:
    """Answer to ListTransactions, newest first."""

    items: tuple[Transaction, ...]
    kind: Literal["transactions"] = "transactions"


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
class Loans:
    """Answer to ListLoans."""

    items: tuple[Loan, ...]
    kind: Literal["loans"] = "loans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Answer to ReadDue; `due_on` is None where nothing is owed."""

    loan_id: str
    product: str
    due_on: date | None
    total_fen: int
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    overdue_days: int
    account_tail: str
    kind: Literal["due"] = "due"


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
class Schedule:
    """Answer to ReadSchedule."""

    loan_id: str
    product: str
    installments: tuple[Installment, ...]
    kind: Literal["schedule"] = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lender:
    """One lender of a loan; shares are parts of a million."""

    name: str
    share_ppm: int
    outstanding_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenders:
    """Answer to ReadLenders; the parts add up to the loan."""

    loan_id: str
    product: str
    outstanding_fen: int
    lenders: tuple[Lender, ...]
    kind: Literal["lenders"] = "lenders"


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
class Limits:
    """Answer to ListLimits."""

    items: tuple[Limit, ...]
    kind: Literal["limits"] = "limits"


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
class Applications:
    """Answer to ListApplications, newest first."""

    items: tuple[Application, ...]
    kind: Literal["applications"] = "applications"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A wealth product; `issuer` is who manages it, never this bank."""

    holding_id: str
    name: str
    issuer: str
    value_fen: int
    state: str
    arrives_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Answer to ListHoldings."""

    items: tuple[Holding, ...]
    kind: Literal["holdings"] = "holdings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Answer to QuoteRepayment: the exact terms, good until `valid_until`."""

    quote_id: str
    loan_id: str
    product: str
    full: bool
    principal_fen: int
    interest_fen: int
    penalty_fen: int
    fee_fen: int
    total_fen: int
    account_id: str
    account_tail: str
    outstanding_after_fen: int
    valid_until: datetime
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """Answer to Repay; `state` is succeeded, processing or failed."""

    repayment_id: str
    state: str
    total_fen: int
    outstanding_fen: int
    receipt_no: str | None
    failure_code: str | None = None
    kind: Literal["repayment"] = "repayment"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFrozen:
    """Answer to FreezeCard."""

    card_id: str
    tail: str
    kind: Literal["card_frozen"] = "card_frozen"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLink:
    """Answer to StartLink and ReadLink; `state` is pending, bound or expired."""

    link_id: str
    state: str
    url: str = ""
    subject: str | None = None
    display_name: str | None = None
    expires_at: datetime | None = None
    kind: Literal["identity_link"] = "identity_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """Answer to StartStepUp and ReadStepUp.

    `state` is pending, approved, declined, expired or used.
    """

    step_up_id: str
    state: str
    url: str = ""
    expires_at: datetime | None = None
    kind: Literal["step_up"] = "step_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The bank did it and has nothing to tell."""

    kind: Literal["done"] = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The bank said no, with a stable code (`insufficient_funds`, `quote_expired`)."""

    code: str
    limit_fen: int | None = None
    kind: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """No usable answer in time.

    Attributes:
        maybe_done: True for a money move that was sent: nobody knows yet whether it happened.
    """

    maybe_done: bool = False
    kind: Literal["unreachable"] = "unreachable"


BankResult = (
    Accounts
    | Cards
    | Transactions
    | Loans
    | Due
    | Schedule
    | Lenders
    | Limits
    | Applications
    | Holdings
    | Quote
    | Repayment
    | CardFrozen
    | IdentityLink
    | StepUp
    | Done
    | Refused
    | Unreachable
)
