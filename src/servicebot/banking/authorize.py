"""Which calls need a known customer. The customer never comes from text, only from a binding."""

from typing import Final

from servicebot.domain.bank_calls import BankCall, FindMove, FreezeCard, ReadLink, Repay, StartLink
from servicebot.domain.errors import RejectedError

ABOUT_NOBODY: Final = (StartLink, ReadLink, FindMove)
MOVES: Final = (Repay, FreezeCard)


def authorize(call: BankCall, subject: str | None) -> None:
    """Lets a call pass or stops it.

    Raises:
        RejectedError: A call about a customer while none is known: a fault of the program.
    """
    if subject is None and not isinstance(call, ABOUT_NOBODY):
        raise RejectedError(f"{call.name} needs a known customer.")
