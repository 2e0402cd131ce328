"""The port to the records: receipts, kept for years."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from servicebot.domain.receipts import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The receipts that were looked for.

    Attributes:
        receipts: Those that can be read.
        unreadable: How many more are there that cannot be read; they hide none of the others.
    """

    receipts: tuple[Receipt, ...]
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a receipt stands in the order of all of them.

    Attributes:
        at: When its turn was decided, as the store gives it.
        turn_id: Its turn, for those of one instant.
    """

    at: datetime
    turn_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A piece of all receipts, oldest first.

    Attributes:
        found: What stands on it.
        end: Where the next one begins; None where nothing more was found.
    """

    found: Found
    end: Place | None


class Records(Protocol):
    """The same receipt twice is stored once; none is changed."""

    async def keep(self, receipts: Sequence[Receipt]) -> None:
        """Stores receipts, all of them or none.

        Raises:
            UnavailableError: The store does not answer.
            RejectedError: The store will never take one of them.
        """

    async def receipt(self, turn_id: str) -> Receipt | None:
        """The receipt of a turn, by its id or by the id of the message it handled.

        Raises:
            UnavailableError: The store does not answer.
            UnreadableError: It is there and cannot be read.
        """

    async def of_conversation(self, conversation_id: str) -> Found:
        """All receipts of a conversation, oldest first.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def of_keys(self, key_ids: Collection[str]) -> Found:
        """All receipts that were sealed with these keys, oldest first.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def count(self, key_ids: Collection[str]) -> int:
        """How many receipts were sealed with these keys, whether they can be read or not.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def erase(self, key_ids: Collection[str]) -> int:
        """Deletes all receipts that were sealed with these keys; returns how many.

        Raises:
            UnavailableError: The store does not answer; none was deleted.
        """

    async def prune(self, before: datetime, held: Collection[str]) -> int:
        """Deletes receipts from before an instant that no held key seals; returns how many.

        Raises:
            UnavailableError: The store does not answer; the rest stays.
        """

    async def read_on(self, after: Place | None, count: int) -> Page:
        """The next `count` receipts of all, oldest first; from the beginning without a place.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def place_before_last(self, count: int) -> Place | None:
        """The place behind which the newest `count` receipts stand; None where that is all.

        Raises:
            UnavailableError: The store does not answer.
        """


class Unrecorded(Protocol):
    """Receipts that were committed with their turn and are not in the records yet."""

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest `count` of them; those that cannot be read are set aside on the way."""

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""

    async def set_aside(self, turn_id: str, why: str) -> None:
        """Takes a receipt out of the queue and keeps it, with a reason without customers' words."""

    async def count_aside(self) -> int:
        """How many were ever set aside."""
