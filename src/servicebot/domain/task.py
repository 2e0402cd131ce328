"""A piece of business that takes more than one message: what is known of it, and what was asked.

Each kind of flow has a state of its own, so a reader sees what can be in hand at each step. The
states are stored as JSON; `kind` tells them apart.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from servicebot.domain.marks import Mark


class Question(StrEnum):
    """What a task may have asked; the value is the name of the reply that asks it."""

    LINK = "link_needed"
    WHICH_ACCOUNT = "ask_which_account"
    WHICH_CARD = "ask_which_card"
    WHICH_LOAN = "ask_which_loan"
    AMOUNT = "ask_amount"
    CONFIRM_REPAY = "confirm_repay"
    APPROVE_REPAY = "step_up_repay"
    REPAY_NOW = "ask_repay_now"
    CONFIRM_FREEZE = "confirm_freeze"
    FREEZE_AGAIN = "freeze_unknown"
    CONFIRM_UNLINK = "confirm_unlink"


# The questions that are answered on a page outside the chat.
PAGES: Final = frozenset({Question.LINK, Question.APPROVE_REPAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several named things the customer may pick.

    Attributes:
        id: What is picked: a loan, a card, a topic.
        label: How it was shown.
        product: Its product, so that a name picks it; empty where there is none.
        tail: Last digits it may be picked by; empty where there are none.
        size_fen: How much it is about, so that "the bigger one" picks it; None where that says
            nothing.
        opened_on: The day a loan was paid out; None for other things.
    """

    id: str
    label: str
    product: str = ""
    tail: str = ""
    size_fen: int | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that waits for an answer.

    Attributes:
        question: What was asked.
        choices: What was offered with it.
        at: When, UTC: an older message cannot be its answer.
    """

    question: Question
    choices: tuple[Choice, ...] = ()
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRef:
    """The account a task is about."""

    id: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRef:
    """The card a task is about."""

    id: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRef:
    """The loan a task is about; `opened_on` tells it from another of its product."""

    id: str
    product: str
    opened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the customer named before the bank's lists were known: it picks from them then.

    Attributes:
        product: A product; empty where none was named.
        place: A place in a list, from 1; -1 is the last.
        tail: Last digits of a card or an account; empty where none were named.
        other: Whether the one that was not shown is meant.
        by: Which of several by its size or age; None where that was not said.
    """

    product: str = ""
    place: int | None = None
    tail: str = ""
    other: bool = False
    by: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount the customer named."""

    fen: int
    kind: Literal["sum"] = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLoan:
    """All that is owed on the loan."""

    kind: Literal["whole_loan"] = "whole_loan"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNow:
    """What is due on the loan by its next day of repayment."""

    kind: Literal["due_now"] = "due_now"


Amount = Sum | WholeLoan | DueNow


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The bank's terms of a repayment as they were shown; consent is to exactly these.

    The fee is None in terms that an earlier edition of the bot has shown.
    """

    quote_id: str
    total_fen: int
    account: AccountRef
    valid_until: datetime
    fee_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page on which the customer approves the terms, outside the chat."""

    step_up_id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Something is told at once; there is nothing to choose."""

    named: Named = Named()
    kind: Literal["lookup"] = "lookup"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAccount:
    """Something is told about one account."""

    named: Named = Named()
    account: AccountRef | None = None
    kind: Literal["of_account"] = "of_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLoan:
    """Something is told about one loan."""

    named: Named = Named()
    loan: LoanRef | None = None
    kind: Literal["of_loan"] = "of_loan"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFreeze:
    """Which card, are you sure, sent, done.

    Attributes:
        named: What was named in the first words.
        card: The card.
        agreed: Whether the customer said yes to freezing it.
        sent: Whether the bank was asked and gave no answer.
    """

    named: Named = Named()
    card: CardRef | None = None
    agreed: bool = False
    sent: bool = False
    kind: Literal["card_freeze"] = "card_freeze"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyRepayment:
    """Which loan, how much, on which terms, agreed, approved on a page.

    Attributes:
        named: What was named in the first words.
        later_on: A later day the customer named; None once they know that it happens now.
        loan: The loan.
        amount: How much.
        terms: The terms that were shown.
        agreed: Whether the customer said yes to exactly these.
        page: The page for the approval.
    """

    named: Named = Named()
    later_on: date | None = None
    loan: LoanRef | None = None
    amount: Amount | None = None
    terms: Terms | None = None
    agreed: bool = False
    page: Page | None = None
    kind: Literal["early_repayment"] = "early_repayment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """This chat is linked to a customer and nothing else."""

    kind: Literal["linking"] = "linking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlinking:
    """Are you sure, the binding is taken back."""

    kind: Literal["unlinking"] = "unlinking"


TaskState = Lookup | OfAccount | OfLoan | CardFreeze | EarlyRepayment | Linking | Unlinking


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of business in hand.

    Attributes:
        id: Derived from the message that began it; keys of money moves come from it.
        intent: What the customer wants done.
        flow: The flow that serves it.
        state: What is known so far.
        asked: What waits for an answer, or None.
        begun_at: When the customer asked for it, UTC.
    """

    id: str
    intent: str
    flow: str
    state: TaskState
    asked: Asked | None = None
    begun_at: datetime

    @property
    def question(self) -> Question | None:
        """What waits for an answer, or None."""
        return self.asked.question if self.asked is not None else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What was offered with the question."""
        return self.asked.choices if self.asked is not None else ()

    @property
    def loan(self) -> LoanRef | None:
        """The loan it is about, where it is about one and it is known."""
        return loan_of(self.state)


def begun_again(state: TaskState) -> TaskState:
    """A state with what was chosen and without what was shown for it, agreed or sent."""
    match state:
        case EarlyRepayment():
            return replace(state, terms=None, agreed=False, page=None)
        case CardFreeze():
            return replace(state, agreed=False, sent=False)
        case _:
            return state


def loan_of(state: TaskState) -> LoanRef | None:
    """The loan a state is about, where it is about one and it is known."""
    return state.loan if isinstance(state, OfLoan | EarlyRepayment) else None
