"""Decides any number of recorded turns again, many at a time, and counts what comes of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from servicebot.domain.receipts import Receipt
from servicebot.ports.records import Found
from servicebot.turns.replay import Difference, Replayer

SIDE_BY_SIDE: Final = 64  # two full batches of the model, so that one waits while one is read
_GIVEN_UP: Final = "gave_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was replayed, in turns.

    Attributes:
        decided_again: All that could be decided again.
        same_version: Those of them that were decided by this content and model.
        other_version: Those that were decided by another content or model.
        differing: Those of this version that came out differently: a fault of the program.
        differing_other_version: Those of another version that came out differently.
        older_edition: Not decided again: the receipt does not say what it was decided from.
        given_up: Not decided again: the turn had failed, and a person was called instead.
        unreadable: Not decided again: the receipt cannot be read.
    """

    decided_again: int = 0
    same_version: int = 0
    other_version: int = 0
    differing: int = 0
    differing_other_version: int = 0
    older_edition: int = 0
    given_up: int = 0
    unreadable: int = 0


class Replay:
    """One run over many receipts."""

    def __init__(self, replayer: Replayer, tell: Callable[[Difference], None]) -> None:
        """Takes who decides, and who is told each difference as it is found."""
        self._replayer = replayer
        self._tell = tell
        self.tally = Tally()

    async def add(self, found: Found) -> None:
        """Decides these again, so many at a time; in which order changes nothing.

        Raises:
            UnavailableError: The model took too long.
        """
        self._count(unreadable=found.unreadable)
        for first in range(0, len(found.receipts), SIDE_BY_SIDE):
            chunk = found.receipts[first : first + SIDE_BY_SIDE]
            whole = [receipt for receipt in chunk if receipt.basis is not None]
            gave_up = sum(receipt.decision == _GIVEN_UP for receipt in chunk if not receipt.basis)
            self._count(given_up=gave_up, older_edition=len(chunk) - len(whole) - gave_up)
            came = await asyncio.gather(*(self._replayer.replay(receipt) for receipt in whole))
            for receipt, differences in zip(whole, came, strict=True):
                self._note(receipt, differences)

    def _note(self, receipt: Receipt, differences: tuple[Difference, ...]) -> None:
        differs = int(bool(differences))
        if self._replayer.is_same_version(receipt):
            self._count(decided_again=1, same_version=1, differing=differs)
        else:
            self._count(decided_again=1, other_version=1, differing_other_version=differs)
        for difference in differences:
            self._tell(difference)

    def _count(self, **more: int) -> None:
        counted = {name: getattr(self.tally, name) + count for name, count in more.items()}
        self.tally = replace(self.tally, **counted)
