"""The port to the drafts of the content."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.domain.drafts import Draft


class Drafts(Protocol):
    """Drafts, kept for all processes."""

    async def add(self, draft: Draft) -> None:
        """Stores a new one.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def find(self, draft_id: str) -> Draft | None:
        """One draft.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def every(self, count: int) -> Sequence[Draft]:
        """The `count` drafts that were changed last, the newest first.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def save(self, draft: Draft) -> Draft:
        """Stores the next revision of one and returns it.

        Raises:
            ChangedMeanwhileError: Somebody else was first.
            UnavailableError: The store does not answer.
        """
