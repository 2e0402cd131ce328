"""Token buckets on Redis, for all processes together."""

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, lasting
from servicebot.domain.rates import Rate


class RedisBuckets:
    """Each bucket is one key, which ends as soon as the bucket is full again.

    So what stands there is what was taken lately: some 100 bytes for a name, for as long as the
    rate wants to make up for what it took.
    """

    def __init__(self, scripts: Scripts, partitions: Partitions) -> None:
        self._scripts = scripts
        self._partitions = partitions

    async def take(self, name: str, rate: Rate) -> float:
        """Takes one."""
        each = max(lasting(1 / rate.per_s), 1)
        wait = await self._scripts.run(
            "take", self._partitions.of(name), name, each, each * rate.at_once
        )
        return int(wait) / 1_000_000
