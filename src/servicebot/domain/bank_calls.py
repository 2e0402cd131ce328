"""What the bot may ask of the bank, and what the bank answers. Shapes: docs/bank_api.md."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

# --- calls -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAccounts:
    """The customer's accounts."""

    name: ClassVar[str] = "account.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCards:
    """The customer's cards."""

    name: ClassVar[str] = "card.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTransactions:
    """The newest transactions of one account."""

    account_id: str
    limit: int
    name: ClassVar[str] = "account.transactions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoans:
    """The customer's loans."""

    name: ClassVar[str] = "loan.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDue:
    """What is due next on a loan."""

    loan_id: str
    name: ClassVar[str] = "loan.due"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSchedule:
    """The installments of a loan."""

    loan_id: str
    name: ClassVar[str] = "loan.schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLenders:
    """Who lends which part of a loan."""

    loan_id: str
    name: ClassVar[str] = "loan.lenders"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLimits:
    """The customer's credit limits."""

    name: ClassVar[str] = "credit.limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApplications:
    """The customer's loan applications."""

    name: ClassVar[str] = "application.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHoldings:
    """The customer's wealth products."""

    name: ClassVar[str] = "wealth.holdings"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRepayment:
    """What repaying `amount_fen` now would cost; None means all of it."""

    loan_id: str
    amount_fen: int | None
    name: ClassVar[str] = "loan.quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repay:
    """Repays exactly what a quote said; `key` makes it happen once.

    `product` and `opened_on` are not sent: they name the loan when the end is told.
    """

    key: str
    quote_id: str
    loan_id: str
    total_fen: int
    account_id: str
    step_up_id: str
    product: str = ""
    opened_on: date | None = None
    name: ClassVar[str] = "loan.repay"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRepayment:
    """What became of a repayment that was sent with `key`."""

    key: str
    name: ClassVar[str] = "loan.repayment"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRepayment:
    """Makes sure that nothing sent with `key` moves money later; asking again changes nothing."""

    key: str
    name: ClassVar[str] = "loan.void_repayment"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindMove:
    """Whether a repayment with this key was sent; the journal knows, the bank is not asked."""

    key: str
    name: ClassVar[str] = "journal.move"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeCard:
    """Freezes a card; `key` makes it happen once."""

    key: str
    card_id: str
    name: ClassVar[str] = "card.freeze"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLink:
    """Makes a one-time page that binds this conversation to a customer."""

    channel: str
    channel_user: str
    conversation_id: str
    name: ClassVar[str] = "identity.link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLink:
    """Whether a link was used, and by whom."""

    link_id: str
    name: ClassVar[str] = "identity.read_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink:
    """Takes the binding back."""

    name: ClassVar[str] = "identity.unlink"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStepUp:
    """Makes a one-time page that shows one operation and asks the customer to approve it."""

    key: str
    operation: str
    resource_id: str
    amount_fen: int
    account_id: str
    conversation_id: str
    name: ClassVar[str] = "identity.step_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStepUp:
    """Whether a step-up was approved."""

    step_up_id: str
    name: ClassVar[str] = "identity.read_step_up"


BankCall = (
    ListAccounts
    | ListCards
    | ListTransactions
    | ListLoans
    | ReadDue
    | ReadSchedule
    | ReadLenders
    | ListLimits
    | ListApplications
    | ListHoldings
    | QuoteRepayment
    | Repay
    | ReadRepayment
    | VoidRepayment
    | FindMove
    | FreezeCard
    | StartLink
    | ReadLink
    | Unlink
    | StartStepUp
    | ReadStepUp
)
