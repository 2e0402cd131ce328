"""Sentence pairs: how well the encoder's cosine follows whether both mean the same."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from servicebot.domain.understanding import Language
from servicebot.evaluation.measures import auroc, best_accuracy, spearman
from servicebot.evaluation.one_language import only_language
from servicebot.evaluation.read_table import data_fault, read_tsv
from servicebot.ports.encoder import Encoder
from servicebot.training.pair_classifier import PairClassifier
from servicebot.understanding.normalize import normalize

_EVEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReport:
    """The keys of `servicebot evaluate pairs --json`.

    Attributes:
        spearman: None where every label or every cosine is the same.
        auroc: None where every label is the same.
        best_accuracy: At the best threshold of these very pairs.
        classifier_accuracy: Of the classifier that an adapted encoder brings along, at one half;
            None where it brings none.
    """

    n: int
    spearman: float | None
    auroc: float | None
    best_accuracy: float
    classifier_accuracy: float | None = None


def evaluate_pairs(
    pairs_tsv: Path,
    *,
    encoder: Encoder,
    language: Language | None = None,
    classifier: PairClassifier | None = None,
) -> PairReport:
    """Scores every `text, text, 0/1` line by the cosine of both texts.

    With a language only pairs whose first text is in it are used.

    Raises:
        ContentError: The file cannot be read, or a label is neither 0 nor 1.
    """
    lines = only_language(read_tsv(pairs_tsv, columns=3), language, column=0, path=pairs_tsv)
    for line in lines:
        if line.fields[2] not in {"0", "1"}:
            message = f"the third column is {line.fields[2]!r}, not 0 or 1"
            raise data_fault(pairs_tsv, line.number, message)
    left, right = ([normalize(line.fields[side]) for line in lines] for side in (0, 1))
    vectors = encoder.encode(left).astype(np.float64)
    cosines = np.sum(vectors * encoder.encode(right), axis=1)
    labels = np.array([line.fields[2] == "1" for line in lines])
    return PairReport(
        n=len(lines),
        spearman=spearman(cosines, labels.astype(np.float64)),
        auroc=auroc(cosines, labels),
        best_accuracy=best_accuracy(cosines, labels),
        classifier_accuracy=None
        if classifier is None
        else float(((classifier.chances(left, right) >= _EVEN) == labels).mean()),
    )
