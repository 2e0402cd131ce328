"""The port to the money journal: what was going to be sent is written before it is sent."""

from typing import Protocol

from servicebot.domain.money import MoneyMove, MoveState


class MoneyJournal(Protocol):
    """One line per idempotency key; it only helps to find out, the bank's book is the truth."""

    async def begin(self, move: MoneyMove) -> MoneyMove:
        """Writes the intent; when it returns it survives a crash. A known key is left as it is.

        Returns:
            The line as it stands now.
        """

    async def settle(self, key: str, state: MoveState) -> None:
        """Writes how it stands."""

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        """Lines whose end is not known, oldest first."""
