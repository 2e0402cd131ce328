"""Intent classification on labelled files: trains on one, asks the other."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Language
from servicebot.evaluation.fit_labelled import LabelledRecognizer, fit_labelled
from servicebot.evaluation.measures import auroc, macro_f1
from servicebot.evaluation.one_language import only_language
from servicebot.evaluation.read_table import data_fault, read_csv
from servicebot.evaluation.stopwatch import Ranking, ask_each
from servicebot.ports.encoder import Encoder

OUT_OF_SCOPE: Final = "oos"
# The threshold keeps this share of lines in scope: of the validation file where there is one, else
# of the training lines, each judged while left out.
KEPT_IN_SCOPE: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentReport:
    """The keys of `servicebot evaluate intents --json`; rates are 0..1.

    Attributes:
        accuracy: Over the in-scope lines, before any threshold.
        macro_f1: Likewise.
        oos_recall: Share of out-of-scope lines below the threshold; None where there are none.
        oos_auroc: How well the probability tells both apart; None where there are none.
        accuracy_at_threshold: Over the in-scope lines; one below the threshold counts as wrong.
        threshold: From the validation lines, or the training lines where there are none.
    """

    n_train: int
    n_test: int
    accuracy: float
    macro_f1: float
    oos_recall: float | None
    oos_auroc: float | None
    accuracy_at_threshold: float
    threshold: float
    fit_s: float
    ms_per_message_p50: float
    ms_per_message_p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The test lines with what was found for them."""

    expected: NDArray[np.str_]
    found: NDArray[np.str_]
    probability: NDArray[np.float64]
    times_ms: NDArray[np.float64]


def evaluate_intents(
    train_csv: Path,
    test_csv: Path,
    *,
    encoder: Encoder,
    language: Language | None = None,
    validation_csv: Path | None = None,
    kept_in_scope: float = KEPT_IN_SCOPE,
) -> IntentReport:
    """Trains on the first file and asks every line of the second.

    The threshold comes from a third file, and keeps `kept_in_scope` (0..1) of its lines in scope.
    Without one, training lines are left out in turn; if the encoder has learnt them, they look
    surer than new lines, and the threshold is stricter than it says.

    All have a header row of any names; the first column is the text, the second the label, and
    the label `oos` stands for out of scope. With a language only its lines are used.

    Raises:
        ContentError: A file cannot be read, or has fewer than two in-scope labels.
    """
    train = _read(train_csv, language)
    if len({label for _, label in train} - {OUT_OF_SCOPE}) < 2:  # noqa: PLR2004 - a choice needs two
        raise data_fault(train_csv, 1, "needs at least two labels other than `oos`")
    test = _read_asked(test_csv, language)
    validation = None if validation_csv is None else _read_asked(validation_csv, language)
    begun = perf_counter()
    fitted = fit_labelled(train, encoder)
    fit_s = perf_counter() - begun
    asked = _ask(fitted, test)
    threshold = _threshold(fitted, validation, kept_in_scope)
    return _report(asked, threshold=threshold, n_train=len(train), fit_s=fit_s)


def _read(path: Path, language: Language | None) -> tuple[tuple[str, str], ...]:
    lines = only_language(read_csv(path, columns=2), language, column=0, path=path)
    return tuple((line.fields[0], line.fields[1]) for line in lines)


def _read_asked(path: Path, language: Language | None) -> tuple[tuple[str, str], ...]:
    lines = _read(path, language)
    if all(label == OUT_OF_SCOPE for _, label in lines):
        raise data_fault(path, 1, "needs at least one line whose label is not `oos`")
    return lines


def _threshold(
    fitted: LabelledRecognizer, validation: tuple[tuple[str, str], ...] | None, kept: float
) -> float:
    if validation is None:
        in_scope = np.array([label != OUT_OF_SCOPE for label in fitted.row_labels])
        chances = fitted.left_out[in_scope]
    else:
        chances = _ask(
            fitted, tuple(line for line in validation if line[1] != OUT_OF_SCOPE)
        ).probability
    return float(np.quantile(chances, 1 - kept))


def _ask(fitted: LabelledRecognizer, test: tuple[tuple[str, str], ...]) -> _Asked:
    rankings, times_ms = ask_each(fitted.rank, [text for text, _ in test])
    best = [_best_in_scope(ranking) for ranking in rankings]
    return _Asked(
        expected=np.array([label for _, label in test]),
        found=np.array([label for label, _ in best]),
        probability=np.array([probability for _, probability in best]),
        times_ms=times_ms,
    )


def _best_in_scope(ranking: Ranking) -> tuple[str, float]:
    """The best label that is not `oos`, with its probability; `oos` where nothing was known."""
    for label, probability in ranking:
        if label != OUT_OF_SCOPE:
            return label, probability
    return OUT_OF_SCOPE, 0.0


def _report(asked: _Asked, *, threshold: float, n_train: int, fit_s: float) -> IntentReport:
    inside = asked.expected != OUT_OF_SCOPE
    right = asked.found[inside] == asked.expected[inside]
    _, numbers = np.unique(
        np.concatenate((asked.expected[inside], asked.found[inside])), return_inverse=True
    )
    outside = asked.probability[~inside]
    return IntentReport(
        n_train=n_train,
        n_test=len(asked.expected),
        accuracy=float(right.mean()),
        macro_f1=macro_f1(numbers[: inside.sum()], numbers[inside.sum() :]),
        oos_recall=float((outside < threshold).mean()) if len(outside) else None,
        oos_auroc=auroc(asked.probability, inside),
        accuracy_at_threshold=float((right & (asked.probability[inside] >= threshold)).mean()),
        threshold=threshold,
        fit_s=fit_s,
        ms_per_message_p50=float(np.percentile(asked.times_ms, 50)),
        ms_per_message_p99=float(np.percentile(asked.times_ms, 99)),
    )
