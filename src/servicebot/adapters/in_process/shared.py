"""What processes share, where there is one process."""

from servicebot.ports.clock import Clock

_SWEEP_EVERY = 1_000


class InProcessShared:
    """Values in memory; gone with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._values: dict[str, tuple[bytes, float]] = {}
        self._groups: dict[str, tuple[set[str], float]] = {}
        self._writes = 0

    async def get(self, name: str) -> bytes | None:
        """A value."""
        value, until_s = self._values.get(name, (None, 0.0))
        return value if until_s > self._clock.monotonic_s() else None

    async def put(self, name: str, value: bytes, ttl_s: float | None) -> None:
        """Sets a value."""
        self._sweep()
        self._values[name] = (value, self._end(ttl_s))

    async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
        """Sets a value where there is none."""
        if await self.get(name) is not None:
            return False
        await self.put(name, value, ttl_s)
        return True

    async def count(self, name: str, ttl_s: float) -> int:
        """Adds one to a counter."""
        counted = int(await self.get(name) or 0) + 1
        await self.put(name, str(counted).encode(), ttl_s)
        return counted

    async def count_within(self, name: str, window_s: float) -> tuple[int, float]:
        """Adds one to a counter that ends `window_s` after its first."""
        self._sweep()
        now_s = self._clock.monotonic_s()
        value, until_s = self._values.get(name, (b"0", 0.0))
        counted, until_s = (int(value) + 1, until_s) if until_s > now_s else (1, now_s + window_s)
        self._values[name] = (str(counted).encode(), until_s)
        return counted, until_s - now_s

    async def forget(self, *names: str) -> None:
        """Ends values, counters and groups."""
        for name in names:
            self._values.pop(name, None)
            self._groups.pop(name, None)

    async def join(self, group: str, member: str, ttl_s: float) -> None:
        """Puts a member into a group."""
        self._groups[group] = (set(await self.members(group)) | {member}, self._end(ttl_s))

    async def leave(self, group: str, member: str) -> None:
        """Takes a member out of a group."""
        if group in self._groups:
            self._groups[group][0].discard(member)

    async def members(self, group: str) -> frozenset[str]:
        """Who is in a group."""
        found, until_s = self._groups.get(group, (set(), 0.0))
        return frozenset(found) if until_s > self._clock.monotonic_s() else frozenset()

    def _end(self, ttl_s: float | None) -> float:
        return float("inf") if ttl_s is None else self._clock.monotonic_s() + ttl_s

    def _sweep(self) -> None:
        """Drops what has ended, now and then."""
        self._writes += 1
        if self._writes % _SWEEP_EVERY:
            return
        now_s = self._clock.monotonic_s()
        self._values = {name: one for name, one in self._values.items() if one[1] > now_s}
        self._groups = {name: one for name, one in self._groups.items() if one[1] > now_s}
