"""What the bot made of a customer's words: ranked topics with probabilities, slots and the band."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.marks import Mark
from servicebot.domain.period import Period

LIKELY: Final = 0.6  # a reading of a clause that is more than twice as likely right as wrong
SUREST: Final = 0.999  # as sure as words get that nobody taught
TAUGHT: Final = 0.9995  # only a phrase that somebody approved word for word is this sure


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
    PERIOD = "period"
    ORDINAL = "ordinal"
    PRODUCT = "product"
    TAIL = "tail"


class AmountDoubt(StrEnum):
    """Why the words of an amount are no one exact figure of yuan."""

    RANGE = "range"  # 两三百, 500到800, a couple of hundred
    EITHER_OR = "either_or"  # 500还是1000: one of several slots to choose from
    PERCENT = "percent"  # 50%, 五成, 一半: a share of something
    FOREIGN = "foreign"  # 500美元, $500
    NEGATIVE = "negative"  # -500, 负五百
    ABOUT = "about"  # 500左右, 大概500, at most 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotValue:
    """One value found in a message.

    A message that is only a number (`1`, `三`, `123456`) is one MONEY slot without a doubt that is
    not certain and whose `fills` its text. Ten digits and more are a card or a phone and no slot.

    Attributes:
        kind: Which parser found it.
        text: The customer's own words for it.
        start: Index of its first character in the normalized text.
        end: Index behind its last character.
        value: Money as fen (int), a date, a period, an ordinal from 1 (-1 = the last one), a
            product id such as `weilidai`, or the last four digits of a card as a string.
        certain: False where the words may mean something else: a bare number such as `500` is
            read as money only by a flow that asked for an amount. An amount is certain where a
            currency, a verb of money, an everyday scale (1w, 三千, two hundred) or a number of
            instalments (5000分20期) marks it.
        doubt: Why money is no exact amount; then it is not certain. The value is the figure that
            was said for EITHER_OR and ABOUT, and 0 for all others: `text` says what was meant.
    """

    kind: SlotKind
    text: str
    start: int
    end: int
    value: int | date | str | Period
    certain: bool = True
    doubt: AmountDoubt | None = None

    def fills(self, text: str) -> bool:
        """Whether nothing but marks and spaces stands around it in the text it was read from."""
        around = text[: self.start] + text[self.end :]
        return not any(sign.isalnum() for sign in around)


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
        ranking: Best first, at most ten; of equal chances what speaks for more, then by id. Empty
            for an empty text.
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

    @property
    def is_likely(self) -> bool:
        """Whether the words are understood well enough to be weighed against other readings.

        Less than the answer band: a clause or a reading is one piece of evidence among several.
        """
        best = self.best
        return self.band is Band.ANSWER or (best is not None and best.probability >= LIKELY)
