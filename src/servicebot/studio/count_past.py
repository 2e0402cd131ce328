"""Counts turns: what was asked, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from servicebot.domain.messages import Text
from servicebot.domain.rating import Rating
from servicebot.domain.receipts import Receipt
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language
from servicebot.studio.effect import PastQuestion
from servicebot.studio.past import Past, TopicFigures
from servicebot.understanding.normalize import normalize

_WISHED: Final = frozenset({Reason.CUSTOMER_ASKED})
_TOPIC: Final = "topic:"
_CHOSEN: Final = "chosen:"

_Key = tuple[str, Language | None]


@dataclass(slots=True)
class _Asked:
    question: PastQuestion
    misunderstood: bool = False

    @property
    def missed(self) -> bool:
        one = self.question
        in_vain = one.unanswered or one.asked_back
        return self.misunderstood or bool(in_vain) or one.badly_rated


class PastCounter:
    """Counts turns, one after another, oldest first."""

    def __init__(self) -> None:
        self._asked: dict[_Key, _Asked] = {}
        self._topics: dict[str, TopicFigures] = {}
        self._since: datetime | None = None
        self._asked_back: dict[str, _Key] = {}  # by conversation: what its last turn asked back
        self._answered: dict[str, _Key] = {}  # by message: what an article answered

    def add(self, receipts: Iterable[Receipt]) -> None:
        """Counts the turns with words, and ratings; those given up, of agents and news say nothing."""
        for receipt in receipts:
            if receipt.rated is not None:
                self._rate(receipt.message.channel, receipt.rated)
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
        fresh = _Asked(PastQuestion(text=text, language=understood.language, asked=0))
        found = self._asked.setdefault(key, fresh)
        handed_over = receipt.escalated is not None
        found.question = replace(
            found.question,
            asked=found.question.asked + 1,
            handed_over=found.question.handed_over + handed_over,
            unanswered=found.question.unanswered + (receipt.decision == "missed"),
        )
        # Whoever asks for a person and says nothing else has not been misunderstood.
        found.misunderstood |= handed_over and receipt.escalated not in _WISHED
        self._ask_back(receipt, key)
        if receipt.articles:
            self._answered[receipt.message.key] = key
        self._count_topic(receipt.decision, handed_over=handed_over)

    def _ask_back(self, receipt: Receipt, key: _Key) -> None:
        """Asked back in vain, unless the very next words choose one of what was named."""
        before = self._asked_back.pop(receipt.conversation_id, None)
        if before is not None and receipt.decision.startswith(_CHOSEN):
            self._add_asked_back(before, -1)
        if receipt.decision == "ask_back":
            self._asked_back[receipt.conversation_id] = key
            self._add_asked_back(key, 1)

    def _add_asked_back(self, key: _Key, count: int) -> None:
        found = self._asked[key]
        asked_back = found.question.asked_back + count
        found.question = replace(found.question, asked_back=asked_back)

    def _rate(self, channel: str, rated: Rating) -> None:
        """To the question whose answer it was; one from before the turns that are read is none."""
        key = self._answered.get(f"{channel}/{rated.message_id}")
        if key is None:
            return
        found = self._asked[key]
        found.question = replace(
            found.question,
            solved=found.question.solved + rated.solved,
            unsolved=found.question.unsolved + (not rated.solved),
        )

    def _count_topic(self, rule: str, *, handed_over: bool) -> None:
        if not rule.startswith(_TOPIC):
            return
        topic = rule.removeprefix(_TOPIC)
        known = self._topics.get(topic, TopicFigures())
        self._topics[topic] = TopicFigures(
            asked=known.asked + 1, handed_over=known.handed_over + handed_over
        )
