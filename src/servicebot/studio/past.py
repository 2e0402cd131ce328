"""What customers have asked, out of the records: masked texts with what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from servicebot.studio.effect import PastQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFigures:
    """What became of the questions that one topic answered."""

    asked: int = 0
    handed_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The turns of some days.

    Attributes:
        questions: Every different question, those asked most first.
        misses: Those that were not answered, asked back in vain, badly rated, or given to a person
            who was not asked for.
        topics: By the id of the topic that answered.
        since: The oldest turn that was read, UTC; None where there are none.
    """

    questions: tuple[PastQuestion, ...]
    misses: tuple[PastQuestion, ...]
    topics: Mapping[str, TopicFigures]
    since: datetime | None


class ReadsPast(Protocol):
    """Whoever has the records."""

    async def newest(self, count: int) -> Past:
        """The newest so many turns.

        Raises:
            UnavailableError: The records do not answer.
        """
