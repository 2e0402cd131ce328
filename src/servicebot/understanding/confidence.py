"""From raw scores to one calibrated probability, and from that to a band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.costs import USUAL, Costs
from servicebot.domain.understanding import Band, Language

SIGNALS: Final = ("nearest", "soft", "lexical", "pinyin", "head")
# The constant, the odds and the lead, then one for each signal.
EVIDENCE_WIDTH: Final = 3 + len(SIGNALS)
_ROUNDED_TO: Final = 6
_CERTAIN: Final = 1e-9
_TINY: Final = 1e-6
# So many topics are named when the bot asks back.
CHOICES: Final = 3
# Below it no article is the answer, whatever its chance promises: questions of topics that nobody has
# taught come so far. A task shows itself and asks first. Measured with `servicebot evaluate gates`
# over three sets: English topics have fewer phrases, and strangers come a little further.
ARTICLE_FROM: Final[Mapping[Language, float]] = {Language.ZH: 0.92, Language.EN: 0.93}
_HIGHEST_CHANCE: Final = 0.999
# A threshold that only a phrase taught word for word reaches.
CLOSED: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A threshold and what it rests on.

    Attributes:
        probability: Least probability, 0..1.
        answered: Held-out messages at or above it.
        wrong: How many of those had another topic.
        bound: Upper bound of the wrong rate with 95 % confidence (one-sided, binomial).
        asked: All held-out messages.
    """

    probability: float
    answered: int
    wrong: int
    bound: float
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How the signals become a probability, fitted on phrases that were left out.

    Attributes:
        signal_weights: float64 [signals], in the order of `SIGNALS`.
        calibration: float64 weights of `evidence`, the constant first.
        usefulness: float64 weights of what tells that the right topic is among the first three:
            the constant, the log odds of the first, the log odds of the first three together, so
            that near twins which share the chance open the ask-back together.
        answer: Below it the bot never answers: the allowed rate of wrong answers is proved there.
        ask_back: What was asked back of the exam at these costs, for `servicebot explain`.
        costs: What decides between answering, asking back and saying that it was not understood.
    """

    signal_weights: NDArray[np.float64]
    calibration: NDArray[np.float64]
    answer: Threshold
    ask_back: Threshold
    usefulness: NDArray[np.float64] = field(default_factory=lambda: np.array([0.0, 1.0, 0.0]))
    costs: Costs = USUAL

    def rank(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ranks for one text, float64 [topics] from [signals, topics]; see `rank_all`."""
        return np.asarray(self.rank_all(signals[None])[0])

    def rank_all(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of every topic, float64 [texts, topics], from [texts, signals, topics].

        The others share what the best one leaves, and none more than its share beside the best: a
        best topic that is hardly likely leaves most to topics nobody has taught.
        """
        shares = share_out(self.fused(signals))
        sure = chance_of(evidence_of_all(signals, shares), self.calibration)
        first = (np.arange(len(shares)), np.argmax(shares, axis=1))
        left = (1.0 - sure) / np.maximum(1.0 - shares[first], _CERTAIN)
        scaled = shares * np.minimum(left, sure / shares[first])[:, None]
        scaled[first] = sure
        return np.asarray(np.round(scaled, _ROUNDED_TO), dtype=np.float64)

    def fused(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """What speaks for each topic in all, float64 [texts, topics]: no chance, only its order."""
        # Added one by one: a product of matrices may add in another order in another batch.
        return np.asarray((signals * self.signal_weights[:, None]).sum(axis=1))

    def band(
        self,
        probabilities: Sequence[float],
        *,
        begins: bool = False,
        language: Language = Language.ZH,
    ) -> Band:
        """What costs the customer least.

        Args:
            probabilities: Of the first topics, best first.
            begins: Whether the best one is a task, which shows itself and asks first.
            language: Of the words.
        """
        best = probabilities[0]
        if best >= CLOSED:
            return Band.ANSWER
        useful = self.useful(best, min(sum(probabilities[:CHOICES]), 1.0))
        asking = self.costs.tap + self.costs.not_served * (1.0 - useful)
        answering = (self.costs.begun if begins else self.costs.wrong) * (1.0 - best)
        least = max(self.answer.probability, 0.0 if begins else ARTICLE_FROM[language])
        if best >= least and answering <= min(asking, self.costs.not_served):
            return Band.ANSWER
        return Band.ASK_BACK if asking < self.costs.not_served else Band.HAND_OVER

    def useful(self, best: float, first_three: float) -> float:
        """The chance, 0..1, that the right topic is among the first three."""
        odds = np.array([1.0, log_odds(best), log_odds(first_three)])
        return float(np.round(1.0 / (1.0 + np.exp(-(self.usefulness @ odds))), _ROUNDED_TO))


def log_odds(probability: float) -> float:
    """Log odds of a probability, which is kept off 0 and 1."""
    inside = min(max(probability, _TINY), 1.0 - _TINY)
    return float(np.log(inside / (1.0 - inside)))


def chance_of(inputs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Calibrated chance of each row of evidence, float64 [rows], below `CLOSED`."""
    chances = 1.0 / (1.0 + np.exp(-np.sum(inputs * weights, axis=1)))
    return np.asarray(np.round(np.minimum(chances, _HIGHEST_CHANCE), _ROUNDED_TO))


def share_out(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def evidence(signals: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """That of one text, float64 [EVIDENCE_WIDTH]; see `evidence_of_all`."""
    return np.asarray(evidence_of_all(signals[None], shares[None])[0])


def evidence_of_all(
    signals: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What speaks for the best topic being right: its lead, and how near anything came at all.

    Args:
        signals: float64 [texts, signals, topics].
        shares: float64 [texts, topics], from `share_out`.

    Returns:
        float64 [texts, EVIDENCE_WIDTH]: constant, log odds of the best, log lead over the second,
        signals.
    """
    best = np.argmax(shares, axis=1)
    first, second = _first_two(shares)
    odds = np.log(first + _CERTAIN) - np.log(1.0 - first + _CERTAIN)
    lead = np.log(first + _CERTAIN) - np.log(second + _CERTAIN)
    front = np.stack((np.ones(len(best)), odds, np.minimum(lead, 20.0)), axis=1)
    return np.concatenate((front, signals[np.arange(len(best)), :, best]), axis=1)


def _first_two(shares: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if shares.shape[1] == 1:
        return shares[:, 0], np.zeros(len(shares))
    two = np.partition(shares, -2, axis=1)
    return two[:, -1].copy(), two[:, -2].copy()
