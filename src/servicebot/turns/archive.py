"""Moves receipts from the mailbox to the records; a crash between repeats, never loses."""

import logging
from typing import Final

from servicebot.domain.errors import UnavailableError
from servicebot.ports.records import Records, Unrecorded

_BATCH: Final = 200
_logger = logging.getLogger(__name__)


async def archive(unrecorded: Unrecorded, records: Records) -> int:
    """Moves everything that waits.

    Returns:
        How many receipts were moved; what the records did not take stays and is tried again.
    """
    moved = 0
    while receipts := await unrecorded.unrecorded(_BATCH):
        try:
            await records.keep(receipts)
        except UnavailableError:
            _logger.exception("records_unavailable", extra={"waiting": len(receipts)})
            break
        await unrecorded.recorded([receipt.turn_id for receipt in receipts])
        moved += len(receipts)
    return moved
