"""A money move as the journal knows it. The intent is on the disk before anything is sent.

INTENT -> SUCCEEDED
       -> FAILED      (the bank refused, or never got it)
       -> UNKNOWN -> SUCCEEDED | FAILED | GIVEN_UP (asked for a day, now a person's)
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MoveState(StrEnum):
    """How a money move stands."""

    INTENT = "intent"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    GIVEN_UP = "given_up"


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
        amount_fen: How much.
        begun_at: When the intent was written, UTC.
        state: How it stands.
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
