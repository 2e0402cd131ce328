"""Receipts that were committed with their turn and are not in the records yet, on Redis."""

from collections.abc import Sequence

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts
from servicebot.domain.receipts import Receipt
from servicebot.turns.stored_form import from_json


class RedisUnrecorded:
    """A short queue between the mailbox and the records."""

    def __init__(self, scripts: Scripts, partitions: Partitions) -> None:
        self._scripts = scripts
        self._partitions = partitions

    async def unrecorded(self, count: int) -> Sequence[Receipt]:
        """The oldest of them, `count` at most, of one partition after another."""
        found: list[Receipt] = []
        for partition in self._partitions.all():
            if len(found) >= count:
                break
            rows = await self._scripts.run("unrecorded", partition, count - len(found))
            for turn_id, body in zip(rows[::2], rows[1::2], strict=True):
                try:
                    found.append(from_json(Receipt, body))
                except ValueError as error:
                    why = type(error).__name__
                    await self._scripts.run("set_receipt_aside", partition, turn_id, why)
        return found

    async def recorded(self, turn_ids: Sequence[str]) -> None:
        """Forgets those that are in the records now."""
        by_partition: dict[str, list[str]] = {}
        for turn_id in turn_ids:
            conversation_id = turn_id.rpartition("#")[0]
            by_partition.setdefault(self._partitions.of(conversation_id), []).append(turn_id)
        for partition, ids in by_partition.items():
            await self._scripts.run("recorded", partition, *ids)
