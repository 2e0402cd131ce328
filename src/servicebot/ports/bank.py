"""The port to the bank."""

from typing import Protocol

from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult


class Bank(Protocol):
    """Carries a call to the bank and back."""

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        """Sends one call once.

        Returns:
            The bank's answer; `Refused` where it said no.

        Raises:
            UnavailableError: No usable answer in time; for a money move nobody knows whether it
                happened.
        """
