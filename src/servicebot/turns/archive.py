"""Moves receipts from the mailbox to the records; a crash between repeats, never loses."""

import logging
from collections.abc import Sequence
from typing import Final

from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.receipts import Receipt
from servicebot.ports.records import Records, Unrecorded

_BATCH: Final = 50  # reading them keeps the event loop: some 20 ms
_logger = logging.getLogger(__name__)


async def archive(unrecorded: Unrecorded, records: Records) -> int:
    """Moves everything that waits.

    Returns:
        How many receipts were moved. What the records cannot take now stays and is tried again;
        what they never take is set aside, so that it holds up nothing.
    """
    moved = 0
    while receipts := await unrecorded.unrecorded(_BATCH):
        try:
            moved += await _move(receipts, unrecorded, records)
        except UnavailableError:
            _logger.exception("records_unavailable", extra={"waiting": len(receipts)})
            break
    return moved


async def _move(receipts: Sequence[Receipt], unrecorded: Unrecorded, records: Records) -> int:
    try:
        await records.keep(receipts)
    except RejectedError as error:
        if len(receipts) == 1:
            await unrecorded.set_aside(receipts[0].turn_id, str(error))
            return 0
        return sum([await _move([receipt], unrecorded, records) for receipt in receipts])
    await unrecorded.recorded([receipt.turn_id for receipt in receipts])
    return len(receipts)
