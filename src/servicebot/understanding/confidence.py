"""From raw scores to one calibrated probability, and from that to a band."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Band

SIGNALS: Final = ("nearest", "soft", "lexical", "pinyin", "head")
# The constant, the odds and the lead, then one for each signal.
EVIDENCE_WIDTH: Final = 3 + len(SIGNALS)
_ROUNDED_TO: Final = 6
_CERTAIN: Final = 1e-9
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
        answer: At or above it the bot may answer.
        ask_back: At or above it the bot may offer the first three.
    """

    signal_weights: NDArray[np.float64]
    calibration: NDArray[np.float64]
    answer: Threshold
    ask_back: Threshold

    def rank(self, signals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of every topic, float64 [topics], from signals [signals, topics].

        The others share what the best one leaves, and none more than its share beside the best: a
        best topic that is hardly likely leaves most to topics nobody has taught.
        """
        shares = share_out(self.signal_weights @ signals)
        sure = chance_of(evidence(signals, shares)[None, :], self.calibration)[0]
        best = int(np.argmax(shares))
        left = (1.0 - sure) / max(1.0 - shares[best], _CERTAIN)
        scaled = shares * min(left, sure / shares[best])
        scaled[best] = sure
        return np.asarray(np.round(scaled, _ROUNDED_TO), dtype=np.float64)

    def band(self, probability: float) -> Band:
        """What the probability of the best topic allows."""
        if probability >= self.answer.probability:
            return Band.ANSWER
        return Band.ASK_BACK if probability >= self.ask_back.probability else Band.HAND_OVER


def chance_of(inputs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Calibrated chance of each row of evidence, float64 [rows], below `CLOSED`."""
    chances = 1.0 / (1.0 + np.exp(-np.sum(inputs * weights, axis=1)))
    return np.asarray(np.round(np.minimum(chances, _HIGHEST_CHANCE), _ROUNDED_TO))


def share_out(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def evidence(signals: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """What speaks for the best topic being right: its lead, and how near anything came at all.

    Args:
        signals: float64 [signals, topics].
        shares: float64 [topics], from `share_out`.

    Returns:
        float64 [EVIDENCE_WIDTH]: constant, log odds of the best, log lead over the second, signals.
    """
    best = int(np.argmax(shares))
    first, second = _first_two(shares)
    odds = np.log(first + _CERTAIN) - np.log(1.0 - first + _CERTAIN)
    lead = np.log(first + _CERTAIN) - np.log(second + _CERTAIN)
    return np.array([1.0, odds, min(float(lead), 20.0), *signals[:, best]])


def _first_two(shares: NDArray[np.float64]) -> tuple[float, float]:
    if len(shares) == 1:
        return float(shares[0]), 0.0
    second, first = np.partition(shares, -2)[-2:]
    return float(first), float(second)
