"""Fits the fusion, the calibration and the thresholds on cross-fitted signals."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from servicebot.training.cross_fit import CrossFit
from servicebot.training.newton import maximize
from servicebot.understanding.confidence import (
    CLOSED,
    Confidence,
    Threshold,
    chance_of,
    evidence,
    share_out,
)

# Every tenth held-out message is asked as if nobody had taught its topic: customers do ask what
# the content does not have, and the bound has to hold for them too.
UNKNOWN_EVERY: Final = 10
_FUSION_PENALTY: Final = 1e-3
_CALIBRATION_PENALTY: Final = 1e-3
_CONSTANT_PENALTY: Final = 1e-6
_TINY: Final = 1e-300
_CONFIDENCE: Final = 0.95
_USEFUL_CHOICES: Final = 0.5
_CHOICES: Final = 3

_NOTHING: Final = Threshold(probability=CLOSED, answered=0, wrong=0, bound=1.0, asked=0)
# Stands in while the signals are collected that the real one is fitted to.
NO_CONFIDENCE: Final = Confidence(
    signal_weights=np.ones(4), calibration=np.zeros(7), answer=_NOTHING, ask_back=_NOTHING
)


def fit_confidence(
    cross: CrossFit, *, wrong_answer_rate: float
) -> tuple[Confidence, NDArray[np.float64]]:
    """Fits everything that turns signals into a band.

    Args:
        cross: Signals of rows that were left out.
        wrong_answer_rate: The share of wrong ones among automatic answers the operator allows.

    Returns:
        The confidence, and the probability of the best topic of each row, float64 [rows].
    """
    weights = fit_fusion(cross.known, cross.row_topics)
    seen, right, in_first_three = _held_out_evidence(cross, weights)
    calibration = fit_logistic(seen, right)
    probabilities = chance_of(seen, calibration)
    confidence = Confidence(
        signal_weights=weights,
        calibration=calibration,
        answer=choose_threshold(probabilities, right, wrong_answer_rate=wrong_answer_rate),
        ask_back=_choose_ask_back(probabilities, right, in_first_three),
    )
    return confidence, probabilities[: len(cross.row_topics)]


def fit_fusion(signals: NDArray[np.float64], topics: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights of the signals that make the right topic most likely (conditional logit, Newton).

    Args:
        signals: float64 [rows, signals, topics].
        topics: int64 [rows], the right ones.
    """
    right = np.take_along_axis(signals, topics[:, None, None], axis=2)[:, :, 0]
    penalty = _FUSION_PENALTY * len(topics)

    def shares_of(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return share_out(np.einsum("k,nkt->nt", weights, signals))

    def value(weights: NDArray[np.float64]) -> float:
        chances = np.take_along_axis(shares_of(weights), topics[:, None], axis=1)
        return float(np.log(chances + _TINY).sum() - penalty * (weights @ weights) / 2)

    def slope(
        weights: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        shares = shares_of(weights)
        expected = np.einsum("nt,nkt->nk", shares, signals)
        spread = np.einsum("nt,nkt,njt->kj", shares, signals, signals, optimize=True)
        gradient = (right - expected).sum(axis=0) - penalty * weights
        return gradient, spread - expected.T @ expected + penalty * np.eye(len(weights))

    return maximize(np.ones(signals.shape[1]), value, slope)


def fit_logistic(inputs: NDArray[np.float64], right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights of a logistic regression, by Newton's method with a small penalty.

    Args:
        inputs: float64 [rows, width], the constant first.
        right: bool [rows].
    """
    penalty = np.full(inputs.shape[1], _CALIBRATION_PENALTY * len(right))
    penalty[0] = _CONSTANT_PENALTY * len(right)
    signs = np.where(right, 1.0, -1.0)

    def value(weights: NDArray[np.float64]) -> float:
        likely = -np.logaddexp(0.0, -signs * (inputs @ weights)).sum()
        return float(likely - penalty @ (weights * weights) / 2)

    def slope(
        weights: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sure = 1.0 / (1.0 + np.exp(-(inputs @ weights)))
        curvature = (inputs * (sure * (1.0 - sure))[:, None]).T @ inputs + np.diag(penalty)
        return inputs.T @ (right - sure) - penalty * weights, curvature

    return maximize(np.zeros(inputs.shape[1]), value, slope)


def choose_threshold(
    probabilities: NDArray[np.float64],
    right: NDArray[np.bool_],
    *,
    wrong_answer_rate: float,
) -> Threshold:
    """The least threshold whose upper bound of the wrong rate keeps the allowed rate.

    Where no threshold keeps it, the answer band is closed to all but phrases taught word for word.
    """
    order = np.argsort(-probabilities, kind="stable")
    ranked, mistakes = probabilities[order], np.cumsum(~right[order])
    answered = np.arange(1, len(ranked) + 1)
    bounds = betaincinv(mistakes + 1, np.maximum(answered - mistakes, 1), _CONFIDENCE)
    bounds = np.where(mistakes >= answered, 1.0, bounds)
    last_of_its_value = np.append(ranked[1:] != ranked[:-1], True)
    kept = np.flatnonzero((bounds <= wrong_answer_rate) & last_of_its_value)
    if not len(kept):
        return Threshold(probability=CLOSED, answered=0, wrong=0, bound=1.0, asked=len(ranked))
    last = int(kept[-1])
    return Threshold(
        probability=float(ranked[last]),
        answered=last + 1,
        wrong=int(mistakes[last]),
        bound=float(bounds[last]),
        asked=len(ranked),
    )


def _choose_ask_back(
    probabilities: NDArray[np.float64],
    right: NDArray[np.bool_],
    in_first_three: NDArray[np.bool_],
) -> Threshold:
    """The least threshold where three choices still hold the right topic every other time."""
    weights = fit_logistic(_with_constant(_log_odds(probabilities)), in_first_three)
    useful = 1.0 / (1.0 + np.exp(-(_with_constant(_log_odds(probabilities)) @ weights)))
    offered = probabilities[useful >= _USEFUL_CHOICES]
    least = float(offered.min()) if len(offered) else CLOSED
    above = probabilities >= least
    return Threshold(
        probability=least,
        answered=int(above.sum()),
        wrong=int((above & ~right).sum()),
        bound=1.0,
        asked=len(probabilities),
    )


def _log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)))


def _with_constant(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack((np.ones(len(values)), values), axis=1)


def _held_out_evidence(
    cross: CrossFit, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Evidence, whether the best was right, and whether the first three held the right one."""
    judged = [
        _judge(cross.known[row], weights, topic) for row, topic in enumerate(cross.row_topics)
    ]
    if cross.known.shape[2] > 1:
        for row in range(0, len(cross.row_topics), UNKNOWN_EVERY):
            others = np.delete(cross.unknown[row], cross.row_topics[row], axis=1)
            judged.append(_judge(others, weights, None))
    judged += [_judge(signals, weights, None) for signals in cross.foreign]
    seen, right, in_first_three = zip(*judged, strict=True)
    return np.array(seen), np.array(right), np.array(in_first_three)


def _judge(
    signals: NDArray[np.float64], weights: NDArray[np.float64], topic: int | None
) -> tuple[NDArray[np.float64], bool, bool]:
    """Evidence for the best topic, whether it is `topic`, and whether the first three hold it."""
    shares = share_out(weights @ signals)
    if topic is None:
        return evidence(signals, shares), False, False
    ahead = int((shares > shares[topic]).sum())
    return evidence(signals, shares), int(np.argmax(shares)) == topic, ahead < _CHOICES
