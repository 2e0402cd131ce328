"""The measures, each on plain arrays."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata


def macro_f1(expected: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Mean F1 over the classes that occur in either."""
    classes = np.union1d(expected, found)
    scores = []
    for label in classes:
        both = int(((expected == label) & (found == label)).sum())
        either = int((expected == label).sum()) + int((found == label).sum())
        scores.append(2 * both / either)
    return float(np.mean(scores))


def auroc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float | None:
    """Chance that a positive scores above a negative, ties half; None without both kinds."""
    positives, negatives = int(positive.sum()), int((~positive).sum())
    if not positives or not negatives:
        return None
    ranks = rankdata(scores)
    above = float(ranks[positive].sum()) - positives * (positives + 1) / 2
    return above / (positives * negatives)


def spearman(left: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """Correlation of ranks, ties averaged; None where one side is constant."""
    ranks = np.stack((rankdata(left), rankdata(right)))
    spread = ranks.std(axis=1)
    return None if not spread.all() else float(np.corrcoef(ranks)[0, 1])


def best_accuracy(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Accuracy at the best single threshold, one above all scores included."""
    order = np.argsort(-scores, kind="stable")
    hits = np.concatenate(([0], np.cumsum(positive[order])))
    taken = np.arange(len(scores) + 1)
    right = hits + (len(scores) - int(positive.sum()) - (taken - hits))
    ranked = scores[order]
    usable = np.concatenate(([True], np.append(ranked[1:] != ranked[:-1], True)))
    return float(right[usable].max() / len(scores))
