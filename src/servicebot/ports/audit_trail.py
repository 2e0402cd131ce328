"""The port to the audit trail."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.domain.audit import AuditEntry, AuditHead, AuditRow


class AuditTrail(Protocol):
    """Append only. One chain for all processes of an installation.

    A chain for each process could be taken away with its process and nobody would miss it; in one
    chain the order between processes is sealed too.
    """

    async def append(self, entry: AuditEntry) -> None:
        """Writes an entry; when it returns the entry is on the disk.

        Raises:
            UnavailableError: It could not be written; then the act must not be done.
        """

    async def rows(self, after: int, count: int) -> Sequence[AuditRow]:
        """The next `count` rows behind the number, in order.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def latest(self, count: int) -> Sequence[AuditRow]:
        """The last `count` rows, newest first.

        Raises:
            UnavailableError: The store does not answer.
        """


class KeepsHead(Protocol):
    """Keeps the end of the trail apart from it."""

    def keep(self, head: AuditHead) -> None:
        """Remembers the head, unless a later one is remembered.

        Raises:
            UnavailableError: It cannot be kept.
        """

    def kept(self) -> AuditHead | None:
        """The head that is remembered; None where there is none that can be trusted."""
