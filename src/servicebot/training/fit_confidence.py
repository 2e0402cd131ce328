"""Fits the fusion, the calibration and the thresholds on cross-fitted signals."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from servicebot.training.exam import Exam
from servicebot.training.newton import maximize
from servicebot.understanding.confidence import (
    CLOSED,
    EVIDENCE_WIDTH,
    SIGNALS,
    Confidence,
    Threshold,
    chance_of,
    evidence,
    share_out,
)

_FUSION_PENALTY: Final = 1e-3
_CALIBRATION_PENALTY: Final = 1e-3
_CONSTANT_PENALTY: Final = 1e-6
_TINY: Final = 1e-300
_CONFIDENCE: Final = 0.95
_WIDENED: Final = 8 / 7
# The search begins at four times the fewest: held-out lines have wrong labels too, and a single one
# among the very first would end it.
_ROOM: Final = 4.0
_USEFUL_CHOICES: Final = 0.5
_CHOICES: Final = 3

_NOTHING: Final = Threshold(probability=CLOSED, answered=0, wrong=0, bound=1.0, asked=0)
# Stands in while the signals are collected that the real one is fitted to.
NO_CONFIDENCE: Final = Confidence(
    signal_weights=np.ones(len(SIGNALS)),
    calibration=np.zeros(EVIDENCE_WIDTH),
    answer=_NOTHING,
    ask_back=_NOTHING,
)


def fit_confidence(
    exam: Exam, *, wrong_answer_rate: float
) -> tuple[Confidence, NDArray[np.float64]]:
    """Fits everything that turns signals into a band.

    Args:
        exam: Signals of questions that were not learnt.
        wrong_answer_rate: The share of wrong ones among automatic answers the operator allows.

    Returns:
        The confidence, and the probability of the best topic of each question, float64 [questions].
    """
    weights = fit_fusion(exam.known, exam.answers)
    seen, right, in_first_three = _judge_all(exam, weights)
    calibration = fit_logistic(seen, right)
    probabilities = chance_of(seen, calibration)
    confidence = Confidence(
        signal_weights=weights,
        calibration=calibration,
        answer=choose_threshold(probabilities, right, wrong_answer_rate=wrong_answer_rate),
        ask_back=_choose_ask_back(probabilities, right, in_first_three),
    )
    return confidence, probabilities[: len(exam.answers)]


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

    Thresholds are tried in one fixed order, the strictest first, each letting through a seventh
    more than the one before, and the first that fails ends the search (fixed sequence testing,
    Angelopoulos et al. 2021): picking the best of all would break the bound more often than the
    5 % it says. Where even the strictest fails, the answer band is closed to all but phrases
    taught word for word.
    """
    order = np.argsort(-probabilities, kind="stable")
    ranked, mistakes = probabilities[order], np.cumsum(~right[order])
    closed = Threshold(probability=CLOSED, answered=0, wrong=0, bound=1.0, asked=len(ranked))
    chosen, count = closed, _fewest_that_prove(wrong_answer_rate)
    while count <= len(ranked):
        through = int(np.searchsorted(-ranked, -ranked[count - 1], side="right"))
        wrong = int(mistakes[through - 1])
        bound = (
            float(betaincinv(wrong + 1, through - wrong, _CONFIDENCE)) if wrong < through else 1.0
        )
        if bound > wrong_answer_rate:
            break
        chosen = Threshold(
            probability=float(ranked[count - 1]),
            answered=through,
            wrong=wrong,
            bound=bound,
            asked=len(ranked),
        )
        count = max(through + 1, round(through * _WIDENED))
    return chosen


def _fewest_that_prove(rate: float) -> int:
    """Where the search begins: a multiple of the answers that prove the rate without a mistake."""
    without = int(np.ceil(np.log(1 - _CONFIDENCE) / np.log(1 - rate)))
    return round(without * _ROOM)


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


def _judge_all(
    exam: Exam, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Evidence, whether the best was right, and whether the first three held the right one."""
    judged = [
        _judge(signals, weights, topic)
        for signals, topic in zip(exam.known, exam.answers, strict=True)
    ]
    judged += [
        _judge(np.delete(signals, topic, axis=1), weights, None)
        for signals, topic in zip(exam.unknown, exam.unknown_topics, strict=True)
    ]
    judged += [_judge(signals, weights, None) for signals in exam.foreign]
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
