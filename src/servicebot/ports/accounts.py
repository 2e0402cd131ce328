"""The port to the accounts of the desk."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.domain.desk_people import Account


class Accounts(Protocol):
    """People who sign in with a password; changed on the command line only.

    Every method raises UnavailableError where the store does not answer.
    """

    async def find(self, name: str) -> Account | None:
        """One account."""

    async def every(self) -> Sequence[Account]:
        """All, by name."""

    async def put(self, account: Account) -> None:
        """Adds or replaces an account."""

    async def remove(self, name: str) -> bool:
        """Takes an account away; False where there was none."""

    async def use_code(self, name: str, step: int) -> bool:
        """Uses up the one-time code of a step, and all before it; False where it was used."""
