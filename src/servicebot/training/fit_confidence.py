"""Fits the fusion, the calibration and the thresholds on cross-fitted signals."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from servicebot.domain.costs import USUAL, Costs
from servicebot.domain.understanding import Band
from servicebot.training.exam import Exam
from servicebot.training.newton import maximize
from servicebot.understanding.confidence import (
    CHOICES,
    CLOSED,
    EVIDENCE_WIDTH,
    SIGNALS,
    Confidence,
    Threshold,
    chance_of,
    evidence,
    log_odds,
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

_NOTHING: Final = Threshold(probability=CLOSED, answered=0, wrong=0, bound=1.0, asked=0)
# Stands in while the signals are collected that the real one is fitted to.
NO_CONFIDENCE: Final = Confidence(
    signal_weights=np.ones(len(SIGNALS)),
    calibration=np.zeros(EVIDENCE_WIDTH),
    answer=_NOTHING,
    ask_back=_NOTHING,
)


def fit_confidence(
    exam: Exam, *, wrong_answer_rate: float, costs: Costs = USUAL
) -> tuple[Confidence, NDArray[np.float64]]:
    """Fits everything that turns signals into a band.

    Args:
        exam: Signals of questions that were not learnt.
        wrong_answer_rate: The share of wrong ones among automatic answers the operator allows.
        costs: What decides between answering and asking back.

    Returns:
        The confidence, and the probability of the best topic of each question, float64 [questions].
    """
    weights = fit_fusion(exam.known, exam.answers)
    seen, right, in_first_three, shares = _judge_all(exam, weights)
    counts = _counts(exam)
    calibration = fit_logistic(seen, right, counts)
    probabilities = chance_of(seen, calibration)
    three = _first_three(probabilities, shares)
    asked = _as_asked(exam)
    odds = [
        [1.0, log_odds(one), log_odds(all_three)]
        for one, all_three in zip(probabilities, three, strict=True)
    ]
    confidence = Confidence(
        signal_weights=weights,
        calibration=calibration,
        usefulness=fit_logistic(np.array(odds), in_first_three, counts),
        answer=choose_threshold(
            probabilities[asked], right[asked], wrong_answer_rate=wrong_answer_rate
        ),
        ask_back=_NOTHING,
        costs=costs,
    )
    asked_back = _asked_back(confidence, probabilities[asked], three[asked], in_first_three[asked])
    return replace(confidence, ask_back=asked_back), probabilities[: len(exam.answers)]


def _counts(exam: Exam) -> NDArray[np.float64]:
    """What each judged question counts for: known, unknown, foreign."""
    unknown = np.full(len(exam.unknown), exam.unknown_weight)
    return np.concatenate((np.ones(len(exam.known)), unknown, np.ones(len(exam.foreign))))


def _as_asked(exam: Exam) -> NDArray[np.int64]:
    """The places of an exam in which every question counts for one: a share of the unknown ones."""
    every = round(1.0 / exam.unknown_weight)
    unknown = len(exam.known) + np.arange(0, len(exam.unknown), every)
    foreign = len(exam.known) + len(exam.unknown) + np.arange(len(exam.foreign))
    return np.concatenate((np.arange(len(exam.known)), unknown, foreign))


def _first_three(
    probabilities: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The probability of the first three topics together, as `Confidence.rank` gives it.

    Args:
        probabilities: float64 [questions], of the best.
        shares: float64 [questions, 3], the fused shares of the first three.
    """
    best = shares[:, 0]
    left = (1.0 - probabilities) / np.maximum(1.0 - best, _TINY)
    scale = np.minimum(left, probabilities / np.maximum(best, _TINY))
    return np.asarray(np.minimum(probabilities + scale * shares[:, 1:].sum(axis=1), 1.0))


def _asked_back(
    confidence: Confidence,
    probabilities: NDArray[np.float64],
    three: NDArray[np.float64],
    in_first_three: NDArray[np.bool_],
) -> Threshold:
    """What the costs ask back of the exam; `wrong` are those whose right topic was not named."""
    bands = [confidence.band([p, t - p]) for p, t in zip(probabilities, three, strict=True)]
    asked = np.array([band is Band.ASK_BACK for band in bands])
    return Threshold(
        probability=float(probabilities[asked].min()) if asked.any() else CLOSED,
        answered=int(asked.sum()),
        wrong=int((asked & ~in_first_three).sum()),
        bound=1.0,
        asked=len(probabilities),
    )


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


def fit_logistic(
    inputs: NDArray[np.float64], right: NDArray[np.bool_], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression, by Newton's method with a small penalty.

    Args:
        inputs: float64 [rows, width], the constant first.
        right: bool [rows].
        counts: float64 [rows], what each row counts for.
    """
    penalty = np.full(inputs.shape[1], _CALIBRATION_PENALTY * float(counts.sum()))
    penalty[0] = _CONSTANT_PENALTY * float(counts.sum())
    signs = np.where(right, 1.0, -1.0)

    def value(weights: NDArray[np.float64]) -> float:
        likely = -(counts * np.logaddexp(0.0, -signs * (inputs @ weights))).sum()
        return float(likely - penalty @ (weights * weights) / 2)

    def slope(
        weights: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sure = 1.0 / (1.0 + np.exp(-(inputs @ weights)))
        curvature = (inputs * (counts * sure * (1.0 - sure))[:, None]).T @ inputs
        return inputs.T @ (counts * (right - sure)) - penalty * weights, curvature + np.diag(
            penalty
        )

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


def _judge_all(
    exam: Exam, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """Evidence, whether the best was right, whether the first three held it, and their shares."""
    judged = [
        _judge(signals, weights, topic)
        for signals, topic in zip(exam.known, exam.answers, strict=True)
    ]
    judged += [
        _judge(np.delete(signals, topic, axis=1), weights, None)
        for signals, topic in zip(exam.unknown, exam.unknown_topics, strict=True)
    ]
    judged += [_judge(signals, weights, None) for signals in exam.foreign]
    seen, right, in_first_three, shares = zip(*judged, strict=True)
    return np.array(seen), np.array(right), np.array(in_first_three), np.array(shares)


def _judge(
    signals: NDArray[np.float64], weights: NDArray[np.float64], topic: int | None
) -> tuple[NDArray[np.float64], bool, bool, NDArray[np.float64]]:
    """Evidence for the best topic, whether it is `topic`, whether the first three hold it."""
    shares = share_out(weights @ signals)
    first = np.zeros(CHOICES)
    ordered = np.sort(shares)[::-1][:CHOICES]
    first[: len(ordered)] = ordered
    if topic is None:
        return evidence(signals, shares), False, False, first
    ahead = int((shares > shares[topic]).sum())
    return evidence(signals, shares), int(np.argmax(shares)) == topic, ahead < CHOICES, first
