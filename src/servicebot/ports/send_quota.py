"""The port to the send quota: how often a messenger may still be sent to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Sends that a platform grants for something the customer did.

    Attributes:
        channel: Name in the channel registry.
        recipient: The platform's id of the customer.
        kind: Allowances of one kind replace each other (`message`), those of several add up.
        opened_by: What the customer did; the same act opens nothing a second time.
        sends: How many.
        until: When they are lost, UTC.
    """

    channel: str
    recipient: str
    kind: str
    opened_by: str
    sends: int
    until: datetime


class SendQuota(Protocol):
    """A ledger per customer; safe to use from many senders."""

    async def opened(self, allowance: Allowance) -> None:
        """Enters an allowance in place of the older one of its kind."""

    async def take(self, channel: str, recipient: str, *, reserve: int) -> str | None:
        """Takes one send from the allowance that ends first, if more than `reserve` are left.

        Returns:
            What opened the allowance it was taken from, for `give_back`; None where none is left.
        """

    async def give_back(self, channel: str, recipient: str, opened_by: str) -> None:
        """Undoes one `take` after the platform refused to send."""

    async def left(self, channel: str, recipient: str) -> int:
        """How many sends are left now."""
