"""The send quota on Redis: one hash per customer, gone with the last allowance."""

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, micros
from servicebot.ports.send_quota import Allowance


class RedisSendQuota:
    """How often each customer may still be sent to."""

    def __init__(self, scripts: Scripts, partitions: Partitions) -> None:
        self._scripts = scripts
        self._partitions = partitions

    async def opened(self, allowance: Allowance) -> None:
        """Enters an allowance; the act that opened the present one changes nothing."""
        await self._scripts.run(
            "allow_sends",
            self._place(allowance.channel, allowance.recipient),
            allowance.kind,
            allowance.opened_by,
            allowance.sends,
            micros(allowance.until),
        )

    async def take(self, channel: str, recipient: str, *, reserve: int) -> str | None:
        """Takes one send, if more than `reserve` are left."""
        place = self._place(channel, recipient)
        found = await self._scripts.run("change_sends", place, "take", reserve)
        return found.decode() if found is not None else None

    async def give_back(self, channel: str, recipient: str, opened_by: str) -> None:
        """Undoes one `take`, unless the allowance was replaced since."""
        place = self._place(channel, recipient)
        await self._scripts.run("change_sends", place, "give_back", opened_by)

    async def left(self, channel: str, recipient: str) -> int:
        """How many sends are left now."""
        place = self._place(channel, recipient)
        return int(await self._scripts.run("change_sends", place, "left", 0))

    def _place(self, channel: str, recipient: str) -> str:
        return self._partitions.single(f"sends/{channel}/{recipient}")
