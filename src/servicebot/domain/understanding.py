"""What the bot made of a customer's words: ranked topics with probabilities, slots and the band."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.marks import Mark

TAUGHT: Final = 0.999  # only a phrase that somebody approved word for word is this sure


class Language(StrEnum):
    """The languages the bot answers in."""

    ZH = "zh"
    EN = "en"


class TopicKind(StrEnum):
    """Whether a topic is something to do (an intent) or something to know (an article).

    An act is no topic of a conversation, but its phrases are learnt in the same way.
    """

    INTENT = "intent"
    ARTICLE = "article"
    ACT = "act"


class Band(StrEnum):
    """What the probability of the best topic allows the bot to do."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An intent or an article, by its id (`loan.due`, `weilidai/early-repayment`)."""

    kind: TopicKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedTopic:
    """One line of the fused ranking.

    Attributes:
        topic: What the customer may mean.
        probability: Calibrated chance, 0..1, that this is what they mean.
        signals: Raw scores of each signal by name (`nearest`, `soft`, `lexical`, `pinyin`,
            `head`), for `servicebot explain`; never compared with a probability.
    """

    topic: Topic
    probability: float
    signals: tuple[tuple[str, float], ...] = ()


class SlotKind(StrEnum):
    """The kinds of values that are read from a message."""

    MONEY = "money"
    DATE = "date"
    ORDINAL = "ordinal"
    PRODUCT = "product"
    TAIL = "tail"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotValue:
    """One value found in a message.

    Attributes:
        kind: Which parser found it.
        text: The customer's own words for it.
        start: Index of its first character in the normalized text.
        end: Index behind its last character.
        value: Money as fen (int), a date, an ordinal from 1 (-1 = the last one), a product id
            such as `weilidai`, or the last four digits of a card as a string.
        certain: False where the words may mean something else: a bare number such as `500` is
            read as money only by a flow that asked for an amount.
    """

    kind: SlotKind
    text: str
    start: int
    end: int
    value: int | date | str
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActChance:
    """How likely the words do something: 0..1, among all acts and none."""

    act: Act
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """One message, understood.

    Attributes:
        text: The normalized text.
        language: The language of the message, or of the conversation where it has none.
        ranking: Best first, at most ten; ties are broken by id. Empty for an empty text.
        band: What the first probability allows.
        slots: Every value found, in reading order.
        acts: What the words may do in some state of a conversation, likeliest first, at most five;
            what is left is no act.
        signals: What they may do in any state: ask for a person, speak of danger. Likewise.
        marks: The words that show how it is meant, as far as the dialogue reads them.
    """

    text: str
    language: Language
    ranking: tuple[RankedTopic, ...]
    band: Band
    slots: tuple[SlotValue, ...] = ()
    acts: tuple[ActChance, ...] = ()
    signals: tuple[ActChance, ...] = ()
    marks: frozenset[Mark] = frozenset()

    @property
    def best(self) -> RankedTopic | None:
        """The first of the ranking, or None when nothing was recognised."""
        return self.ranking[0] if self.ranking else None
