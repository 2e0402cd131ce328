"""Receipts that were committed with their turn and are not in the records yet, on Redis."""

import logging
from collections.abc import Sequence

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts
from servicebot.domain.errors import UnreadableError
from servicebot.domain.receipts import Receipt
from servicebot.telemetry.logs import log_name
from servicebot.turns.sealed_form import SealedForm

_logger = logging.getLogger(__name__)


class RedisUnrecorded:
    """A short queue between the mailbox and the records."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._form = form
        self._partitions = partitions

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest of them, `count` at most, of one partition after another."""
        found: list[Receipt] = []
        for partition in self._partitions.all():
            if len(found) < count:
                found += await self._of(partition, count - len(found))
        return found

    async def _of(self, partition: str, count: int) -> list[Receipt]:
        """Those of one partition; those that cannot be read are set aside on the way."""
        while True:
            rows = await self._scripts.run("unrecorded", partition, count)
            receipts, faults = [], []
            for turn_id, body in zip(rows[::2], rows[1::2], strict=True):
                try:
                    receipts.append(self._form.read(Receipt, body, turn_id.decode()))
                except UnreadableError as error:
                    faults.append((turn_id.decode(), str(error)))
            for turn_id, why in faults:
                await self.set_aside(turn_id, why)
            if not faults:
                return receipts

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""
        by_partition: dict[str, list[str]] = {}
        for turn_id in turn_ids:
            by_partition.setdefault(self._place(turn_id), []).append(turn_id)
        for partition, ids in by_partition.items():
            await self._scripts.run("recorded", partition, *ids)

    async def set_aside(self, turn_id: str, why: str) -> None:
        """Moves one to the stream `unreadable`; a second time changes nothing."""
        if await self._scripts.run("set_receipt_aside", self._place(turn_id), turn_id, why):
            conversation, _, turn = turn_id.rpartition("#")
            told = {"conversation": log_name(conversation), "turn": turn, "why": why}
            _logger.error("unreadable_receipt", extra=told)

    async def count_aside(self) -> int:
        """How many were ever set aside."""
        keys = [f"{partition}:aside" for partition in self._partitions.all()]
        return sum([int(await self._scripts.get(key) or 0) for key in keys])

    def _place(self, turn_id: str) -> str:
        return self._partitions.of(turn_id.rpartition("#")[0])
