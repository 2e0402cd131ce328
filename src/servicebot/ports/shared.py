"""The port to what all processes of an installation share besides the ledger: small and short-lived."""

from typing import Protocol


class Shared(Protocol):
    """Named values with a lifetime: sessions, counters, flags. None of them is worth a customer.

    What must survive stands in the ledger. Every method raises UnavailableError where the store
    does not answer.
    """

    async def get(self, name: str) -> bytes | None:
        """A value; None where it was never put or has ended."""

    async def put(self, name: str, value: bytes, ttl_s: float | None) -> None:
        """Sets a value for `ttl_s` seconds; None keeps it for good."""

    async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
        """Sets a value where there is none; False where there is one. One caller of many wins."""

    async def count(self, name: str, ttl_s: float) -> int:
        """Adds one to a counter, which ends `ttl_s` seconds after the last one; returns it."""

    async def count_within(self, name: str, window_s: float) -> tuple[int, float]:
        """Adds one to a counter, which ends `window_s` seconds after its first.

        Returns:
            The count, and how many seconds are left of the window. What comes later in the window
            does not lengthen it.
        """

    async def forget(self, *names: str) -> None:
        """Ends values, counters and groups now."""

    async def join(self, group: str, member: str, ttl_s: float) -> None:
        """Puts a member into a group, which ends `ttl_s` seconds after the last one came."""

    async def leave(self, group: str, member: str) -> None:
        """Takes a member out of a group."""

    async def members(self, group: str) -> frozenset[str]:
        """Who is in a group."""
