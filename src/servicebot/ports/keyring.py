"""The port to the keys of the records: whoever's key is destroyed, nobody can read again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose receipts a key seals.

    Attributes:
        conversation_id: Of which conversation.
        subject: On whose behalf its turns were; None while nobody was known.
    """

    conversation_id: str
    subject: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKey:
    """One key.

    Attributes:
        id: Its name, which each receipt sealed with it bears.
        conversation_id: Of which conversation.
        secret: 32 bytes.
    """

    id: str
    conversation_id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A customer whose data must be kept, whatever is asked.

    Attributes:
        since: From when, UTC.
        why: The order or case, without the customer's name.
    """

    since: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That somebody's data was erased; all that is left of it.

    Attributes:
        id: Of the erasure.
        at: When, UTC.
        customer: A keyed hash of who it was, to find it when asked again.
        conversations: How many conversations.
        receipts: How many receipts.
        why: What was asked, without the customer's name.
    """

    id: str
    at: datetime
    customer: str
    conversations: int
    receipts: int
    why: str


class Keyring(Protocol):
    """Keys by owner; kept apart from what they seal, so that a backup of that does not hold them."""

    async def keys_for(self, owners: Collection[Owner]) -> Mapping[Owner, RecordKey]:
        """The key of each owner, made where there is none.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def secrets(self, ids: Collection[str]) -> Mapping[str, bytes]:
        """The secrets of those that are there and can be read.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def of_customer(self, customer: str) -> tuple[RecordKey, ...]:
        """The keys of a customer, by the bank's word for them or by a conversation's id.

        With it go the keys of the time before the customer was known, where no other customer was
        ever known in that conversation.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def destroy(self, ids: Collection[str]) -> None:
        """Destroys keys for good.

        Raises:
            UnavailableError: The store does not answer; none was destroyed.
        """

    async def hold(self, customer: str, hold: Hold | None) -> None:
        """Keeps a customer's data from being erased, or lets it go again.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def held(self, customer: str) -> Hold | None:
        """The hold on a customer.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def held_keys(self) -> frozenset[str]:
        """The ids of all keys of customers who are held.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def write_erasure(self, customer: str, erasure: Erasure) -> Erasure:
        """Keeps that something was erased; the hash of the customer is filled in.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def erasures(self, customer: str) -> tuple[Erasure, ...]:
        """What was erased of a customer, oldest first.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def renew(self) -> int:
        """Wraps every key with the installation's key in use; returns how many.

        Raises:
            UnavailableError: The store does not answer.
        """
