"""Where a conversation lives: all its keys share one hash tag, so that one script reaches them."""

import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitions:
    """So many partitions under one name; the number never changes once data stands there.

    Attributes:
        name: Of the whole store.
        count: One on a single server; more spread a Cluster.
    """

    name: str
    count: int

    def of(self, conversation_id: str) -> str:
        """The prefix of a conversation's keys."""
        return self.at(zlib.crc32(conversation_id.encode()) % self.count)

    def at(self, number: int) -> str:
        """The prefix of one partition."""
        return f"{self.name}:{{{number}}}"

    def all(self) -> tuple[str, ...]:
        """Every prefix."""
        return tuple(self.at(number) for number in range(self.count))

    def single(self, what: str) -> str:
        """The prefix of something that stands in one place, whatever the conversation."""
        return f"{self.name}:{{{what}}}"
