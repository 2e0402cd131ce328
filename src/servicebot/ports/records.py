"""The port to the records: receipts and transcripts, kept for years."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.domain.receipts import Receipt


class Records(Protocol):
    """Append only; the same receipt twice is stored once."""

    async def keep(self, receipts: Sequence[Receipt]) -> None:
        """Stores receipts.

        Raises:
            UnavailableError: The store does not answer; nothing was stored.
        """

    async def receipt(self, turn_id: str) -> Receipt | None:
        """The receipt of a turn, by its id or by the id of the message it handled."""


class Unrecorded(Protocol):
    """Receipts that were committed with their turn and are not in the records yet."""

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest `count` of them."""

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""
