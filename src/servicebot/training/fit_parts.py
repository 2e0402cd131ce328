"""Fits the head and the confidence of one language to its phrases."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Topic
from servicebot.ports.encoder import Encoder
from servicebot.training.assemble import assemble_recognizer
from servicebot.training.exam import cross_fit, sit_exam
from servicebot.training.fit_before import carry_over, row_keys
from servicebot.training.fit_confidence import NO_CONFIDENCE, fit_confidence
from servicebot.training.fit_head import prepare_head
from servicebot.training.fitted_parts import FittedParts
from servicebot.training.indexed_rows import index_rows
from servicebot.training.known_rows import KnownRows
from servicebot.training.single_thread import single_thread

# Fewer questions than this say too little; then every phrase is left out in turn instead.
LEAST_QUESTIONS: Final = 300


def fit_parts(
    rows: KnownRows,
    encoder: Encoder,
    *,
    wrong_answer_rate: float,
    questions: Sequence[tuple[str, Topic]] = (),
    before: FittedParts | None = None,
) -> tuple[FittedParts, NDArray[np.float64]]:
    """Fits the head and the confidence of one language.

    Args:
        rows: What is learnt.
        encoder: What encoded the rows.
        wrong_answer_rate: The allowed share of wrong ones among automatic answers, 0..1.
        questions: Phrases that nobody learnt from, for the confidence. Where there are too few, the
            rows are left out in turn, which is honest only if the encoder has not learnt them.
        before: A fit from nothing to nearly the same rows, to begin from.

    Returns:
        The parts, and for each question, or each row, the probability of its best topic.
    """
    with single_thread():
        fit = prepare_head(rows)
        start, strangers = (None, None) if before is None else carry_over(before, rows.topics)
        head = fit.head(start=start)
        unsure = FittedParts(
            rows=index_rows(rows), row_keys=row_keys(rows), head=head, confidence=NO_CONFIDENCE
        )
        recognizer = assemble_recognizer(unsure)
        if len(questions) >= LEAST_QUESTIONS:
            exam = sit_exam(questions, rows, fit, recognizer, encoder, before=strangers)
        else:
            exam = cross_fit(rows, fit, recognizer, encoder)
        confidence, left_out = fit_confidence(exam, wrong_answer_rate=wrong_answer_rate)
    return replace(unsure, confidence=confidence, strangers=exam.strangers), left_out
