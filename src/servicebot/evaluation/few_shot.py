"""Few lines a label: how well the encoder's vectors tell labels apart, as public benchmarks ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from servicebot.domain.understanding import Language
from servicebot.evaluation.one_language import only_language
from servicebot.evaluation.read_table import data_fault, read_csv
from servicebot.ports.encoder import Encoder
from servicebot.understanding.normalize import normalize

# The protocol of MTEB for classification (Muennighoff et al. 2023): so many lines of each label are
# drawn, a logistic regression of so many steps learns them, all test lines are asked; ten draws.
LINES_A_LABEL: Final = 8
DRAWS: Final = 10
_STEPS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FewShotReport:
    """The keys of `servicebot evaluate few-shot --json`; accuracies are 0..1.

    Attributes:
        labels: Different labels.
        lines_a_label: Drawn of each.
        asked: Test lines.
        draws: How often it was drawn anew.
        accuracy: The mean over the draws.
        spread: Its standard deviation over the draws.
        lowest: Of the draws.
        highest: Of the draws.
    """

    labels: int
    lines_a_label: int
    asked: int
    draws: int
    accuracy: float
    spread: float
    lowest: float
    highest: float


def evaluate_few_shot(  # noqa: PLR0913  the protocol's own numbers
    train_csv: Path,
    test_csv: Path,
    *,
    encoder: Encoder,
    language: Language | None = None,
    lines_a_label: int = LINES_A_LABEL,
    draws: int = DRAWS,
    seed: int = 7,
) -> FewShotReport:
    """Draws a few lines of every label, learns them, and asks the test file; several times.

    Args:
        train_csv: `text,label` rows.
        test_csv: The same, of the same labels.
        encoder: What makes the vectors.
        language: Only these lines.
        lines_a_label: Drawn of each label; all of them where it has fewer.
        draws: How often.
        seed: Of the draws.

    Raises:
        ContentError: A file cannot be read, or has fewer than two labels.
    """
    texts, labels = _read(train_csv, language)
    asked, answers = _read(test_csv, language)
    if len(set(labels)) < 2:  # noqa: PLR2004 - nothing is told apart
        raise data_fault(train_csv, 1, "needs lines of at least two labels")
    vectors, asked_vectors = encoder.encode(texts), encoder.encode(asked)
    dice = np.random.default_rng(seed)
    hits = [
        _accuracy(vectors, labels, asked_vectors, answers, _drawn(labels, lines_a_label, dice))
        for _ in range(draws)
    ]
    return FewShotReport(
        labels=len(set(labels)),
        lines_a_label=lines_a_label,
        asked=len(asked),
        draws=draws,
        accuracy=float(np.mean(hits)),
        spread=float(np.std(hits)),
        lowest=min(hits),
        highest=max(hits),
    )


def _read(path: Path, language: Language | None) -> tuple[list[str], list[str]]:
    lines = only_language(read_csv(path, columns=2), language, column=0, path=path)
    return [normalize(line.fields[0]) for line in lines], [line.fields[1] for line in lines]


def _drawn(labels: Sequence[str], count: int, dice: np.random.Generator) -> NDArray[np.int64]:
    """The rows of one draw: the first few of each label in a random order."""
    left = dict.fromkeys(labels, count)
    rows = []
    for row in dice.permutation(len(labels)).tolist():
        if left[labels[row]]:
            left[labels[row]] -= 1
            rows.append(row)
    return np.array(rows, dtype=np.int64)


def _accuracy(
    vectors: NDArray[np.float32],
    labels: Sequence[str],
    asked: NDArray[np.float32],
    answers: Sequence[str],
    rows: NDArray[np.int64],
) -> float:
    learner = LogisticRegression(max_iter=_STEPS)
    learner.fit(vectors[rows], [labels[row] for row in rows])
    return float(np.mean(learner.predict(asked) == np.array(answers)))
