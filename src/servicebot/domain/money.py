"""A money move as the journal knows it, and how it ended. The moves of its state: banking/money_move.py."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from servicebot.domain.bank_results import Refused, Repayment


class MoveState(StrEnum):
    """How a money move stands.

    Attributes:
        PREPARED: On the disk; nothing was sent.
        INTENT: It is being sent, or was when the process ended.
        UNKNOWN: Sent, and nobody knows the end yet.
        DISPUTED: The bank answers by key what was not agreed: a person looks, the bank is asked on.
        SUCCEEDED: The bank has posted it.
        FAILED: It was not done and never will be.
        GIVEN_UP: Nobody knew the end for a day; a person finds out.
    """

    PREPARED = "prepared"
    INTENT = "intent"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    GIVEN_UP = "given_up"


OPEN: Final = frozenset({MoveState.INTENT, MoveState.UNKNOWN, MoveState.DISPUTED})
"""Something may have been sent and its end is not known: the bank is asked about these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyMove:
    """One line of the journal.

    Attributes:
        key: The idempotency key.
        conversation_id: Whose conversation asked for it.
        channel: Its channel.
        sender: The platform's id of the customer.
        subject: On whose behalf.
        what: Name of the call (`loan.repay`).
        amount_fen: How much was agreed.
        begun_at: When the line was written, UTC.
        state: How it stands.
        loan_id: The loan it repays; empty in lines of earlier editions.
        product: The loan's product, to tell the end; empty in lines of earlier editions.
        opened_on: The day it was paid out, for the same; None in lines of earlier editions.
        answer: The bank's word that ended it; None while it is open, where nobody knows, and in
            lines of earlier editions.
    """

    key: str
    conversation_id: str
    channel: str
    sender: str
    subject: str
    what: str
    amount_fen: int
    begun_at: datetime
    state: MoveState
    loan_id: str = ""
    product: str = ""
    opened_on: date | None = None
    answer: Repayment | Refused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyEnd:
    """How a move stands when there is news of it: all that telling it needs.

    Attributes:
        state: Succeeded, failed or given up; disputed where a person is needed before the end.
        product: The loan's product; empty where an earlier edition did not write it down.
        opened_on: The day it was paid out; None where nobody wrote it down.
        answer: The bank's posting, or the refusal that makes sure that there is none.
    """

    state: MoveState
    product: str = ""
    opened_on: date | None = None
    answer: Repayment | Refused | None = None
