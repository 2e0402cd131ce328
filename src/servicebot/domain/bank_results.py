"""The bank's answers. Money in fen, days in the bank's zone, instants in UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from servicebot.domain.bank_items import (
    Account,
    Application,
    BankCard,
    Holding,
    Installment,
    Lender,
    Limit,
    Loan,
    Transaction,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Answer to ListAccounts."""

    items: tuple[Account, ...]
    kind: Literal["accounts"] = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Answer to ListCards."""

    items: tuple[BankCard, ...]
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transactions:
    """Answer to ListTransactions, newest first."""

    items: tuple[Transaction, ...]
    kind: Literal["transactions"] = "transactions"


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
class Schedule:
    """Answer to ReadSchedule."""

    loan_id: str
    product: str
    installments: tuple[Installment, ...]
    kind: Literal["schedule"] = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenders:
    """Answer to ReadLenders; the parts add up to the loan."""

    loan_id: str
    product: str
    outstanding_fen: int
    lenders: tuple[Lender, ...]
    kind: Literal["lenders"] = "lenders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Answer to ListLimits."""

    items: tuple[Limit, ...]
    kind: Literal["limits"] = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applications:
    """Answer to ListApplications, newest first."""

    items: tuple[Application, ...]
    kind: Literal["applications"] = "applications"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Answer to ListHoldings."""

    items: tuple[Holding, ...]
    kind: Literal["holdings"] = "holdings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Answer to QuoteRepayment: the exact terms, good until `valid_until`.

    `min_fen` is the least amount that may be repaid besides what is due, where the bank says it.
    """

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
    min_fen: int | None = None
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
class Voided:
    """Answer to VoidRepayment: nothing was done with `key`, and nothing ever will be."""

    key: str
    state: Literal["voided"] = "voided"
    kind: Literal["voided"] = "voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFrozen:
    """Answer to FreezeCard."""

    card_id: str
    tail: str
    kind: Literal["card_frozen"] = "card_frozen"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLink:
    """Answer to StartLink and ReadLink; `state` is pending, bound or expired.

    `code` are the two digits that the chat shows and the page asks for; only a new link has them.
    """

    link_id: str
    state: str
    url: str = ""
    code: str = ""
    subject: str | None = None
    display_name: str | None = None
    expires_at: datetime | None = None
    kind: Literal["identity_link"] = "identity_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """Answer to StartStepUp and ReadStepUp.

    `state` is pending, approved, declined, expired or used; `reason_code` says why it was declined
    where the bank says it: by the `customer`, or after too many `wrong_pins`.
    """

    step_up_id: str
    state: str
    url: str = ""
    expires_at: datetime | None = None
    reason_code: str | None = None
    kind: Literal["step_up"] = "step_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFound:
    """Whether a money move was sent, by the journal."""

    sent: bool
    kind: Literal["move_found"] = "move_found"


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
    | Voided
    | MoveFound
    | CardFrozen
    | IdentityLink
    | StepUp
    | Done
    | Refused
    | Unreachable
)
