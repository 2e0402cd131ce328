"""The port to the reader of lures: words that lead customers out of the bank or ask for secrets."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.screening.allow_list import Allowed


class LureReader(Protocol):
    """Reads what strangers and agents wrote; the bank's own approved words are not read."""

    async def lures_in(self, texts: Sequence[str], allowed: Allowed) -> tuple[str, ...]:
        """The sentences of some texts that read like lures; none where nobody can tell.

        Args:
            texts: As they would leave.
            allowed: Pages, numbers and names that the bank lists; they lure nobody.
        """
