"""What a conversation remembers while the customer waits for a person, or one holds it."""

from dataclasses import dataclass
from datetime import datetime

from servicebot.domain.tickets import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How the wait stands.

    Attributes:
        asked: Whether the question of the task in hand was asked during the wait: only then does
            a bare yes answer it, and not "please wait".
        told_turn: The turn that last said that the place is kept.
        offered_turn: The turn that last offered to write when the desk opens.
        promised: Whether that was promised.
        about: Why a person is needed, as it was said last; None where the wait is older.
    """

    asked: bool = False
    told_turn: int | None = None
    offered_turn: int | None = None
    promised: bool = False
    about: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How it stands with the person who holds the conversation.

    Attributes:
        agent: Who holds it.
        owes_since: Since when the customer waits for her words, UTC; None where she spoke last.
    """

    agent: str
    owes_since: datetime | None
