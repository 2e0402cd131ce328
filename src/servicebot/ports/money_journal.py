"""The port to the money journal: what was going to be sent is written before it is sent."""

from typing import Protocol

from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.money import MoneyMove, MoveState


class MoneyJournal(Protocol):
    """One line per idempotency key; it only helps to find out, the bank's book is the truth."""

    async def begin(self, move: MoneyMove) -> MoneyMove:
        """Writes the line; when it returns it survives a crash. A known key is left as it is.

        Returns:
            The line as it stands now.
        """

    async def find(self, key: str) -> MoneyMove | None:
        """The line of a key; None where there is none."""

    async def intend(self, key: str) -> bool:
        """Writes that the call is going to be sent: a line that is not open becomes INTENT.

        Returns:
            False, and nothing is written, where another move of the same loan is open: of two
            agreed at the same instant in two chats one is sent.
        """

    async def settle(
        self, key: str, state: MoveState, answer: Repayment | Refused | None = None
    ) -> None:
        """Writes how it stands, with the bank's word where that ended it.

        An end that has its answer stays, whatever comes later.
        """

    async def forget(self, conversation_id: str) -> int:
        """Deletes the lines of a conversation that are not open; returns how many."""

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        """Lines whose end is not known, oldest first."""
