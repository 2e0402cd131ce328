"""How often may be tried to sign in: counted before the password is looked at.

Somebody whose browser has signed in before has a count of their own, which no stranger can use up.
All others are counted by name and address together, by address, and by name.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from servicebot.ports.shared import Shared
from servicebot.web.desk_refusals import DeskRefusedError, Refusal

WINDOW_S: Final = 300.0  # from the first try; later ones do not lengthen it
MOST_TOGETHER: Final = 5  # of one name from one address
MOST_OF_ADDRESS: Final = 60  # an office may stand behind one address
MOST_OF_NAME: Final = 50  # from all addresses that are not known
MOST_OF_DEVICE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Somebody who wants to sign in.

    Attributes:
        name: As typed.
        address: Where the request comes from.
        device: The known browser, or None.
    """

    name: str
    address: str
    device: str | None


class TooManyTriesError(DeskRefusedError):
    """A count is used up.

    Attributes:
        is_first: Whether this is the first refusal of the window; only that is written down.
    """

    def __init__(self, retry_after_s: float, *, is_first: bool) -> None:
        super().__init__(Refusal.LOCKED, retry_after_s=retry_after_s)
        self.is_first = is_first


class SignInTries:
    """Counts tries in the store that all processes share."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    async def take(self, one: Try) -> None:
        """Takes one try.

        Raises:
            TooManyTriesError: There is none left; the password must not be looked at.
        """
        for key, most in _counts(one):
            count, left_s = await self._shared.count_within(key, WINDOW_S)
            if count > most:
                raise TooManyTriesError(left_s, is_first=count == most + 1)

    async def was_right(self, one: Try) -> None:
        """Gives back the tries of somebody who knew the password; those of the address stay."""
        key, _ = _counts(one)[-1]
        await self._shared.forget(key)


def _counts(one: Try) -> tuple[tuple[str, int], ...]:
    """What is counted, in this order; the last is what a right password clears."""
    if one.device is not None:
        return ((f"desk/tries/device/{one.device}", MOST_OF_DEVICE),)
    return (
        (f"desk/tries/address/{one.address}", MOST_OF_ADDRESS),
        (f"desk/tries/name/{_short(one.name)}", MOST_OF_NAME),
        (f"desk/tries/both/{_short(one.name)}/{one.address}", MOST_TOGETHER),
    )


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
