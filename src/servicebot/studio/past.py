"""What customers have asked, out of the records: masked texts with what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from servicebot.domain.messages import Text
from servicebot.domain.receipts import Receipt
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language
from servicebot.studio.effect import PastQuestion
from servicebot.understanding.normalize import normalize

_MISSED: Final = frozenset({"missed", "ask_back"})
_WISHED: Final = frozenset({Reason.CUSTOMER_ASKED})
_TOPIC: Final = "topic:"


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
        misses: Those that were not answered, or given to a person who was not asked for.
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


@dataclass(slots=True)
class _Asked:
    question: PastQuestion
    missed: bool = False


class PastCounter:
    """Counts turns, one after another, oldest first."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, Language | None], _Asked] = {}
        self._topics: dict[str, TopicFigures] = {}
        self._since: datetime | None = None

    def add(self, receipts: Iterable[Receipt]) -> None:
        """Counts the turns with words; those given up, and of agents and news, say nothing."""
        for receipt in receipts:
            if isinstance(receipt.message.content, Text) and receipt.understanding is not None:
                self._count(receipt, receipt.message.content.text)

    def past(self) -> Past:
        """What was counted."""
        every = sorted(
            self._asked.values(), key=lambda one: (-one.question.asked, one.question.text)
        )
        return Past(
            questions=tuple(one.question for one in every),
            misses=tuple(one.question for one in every if one.missed),
            topics=self._topics,
            since=self._since,
        )

    def _count(self, receipt: Receipt, text: str) -> None:
        understood = receipt.understanding
        assert understood is not None  # noqa: S101  see `add`
        self._since = self._since or receipt.at
        key = normalize(text), understood.language
        found = self._asked.setdefault(
            key, _Asked(PastQuestion(text=text, language=understood.language, asked=0))
        )
        handed_over = receipt.escalated is not None
        before = found.question
        found.question = replace(
            before,
            asked=before.asked + 1,
            handed_over=before.handed_over + handed_over,
        )
        rule = receipt.decision
        # Whoever asks for a person and says nothing else has not been misunderstood.
        misunderstood = handed_over and receipt.escalated not in _WISHED
        found.missed |= misunderstood or rule in _MISSED
        if rule.startswith(_TOPIC):
            topic = rule.removeprefix(_TOPIC)
            known = self._topics.get(topic, TopicFigures())
            self._topics[topic] = TopicFigures(
                asked=known.asked + 1,
                handed_over=known.handed_over + handed_over,
            )
