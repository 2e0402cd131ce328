"""Fits the bot's own parts on any labelled phrases."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Topic, TopicKind
from servicebot.ports.encoder import Encoder
from servicebot.training.assemble import assemble_recognizer
from servicebot.training.fit_parts import fit_parts
from servicebot.training.known_rows import gather_rows
from servicebot.understanding.normalize import normalize
from servicebot.understanding.recognize import Recognizer

_WRONG_ANSWER_RATE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRecognizer:
    """A recognizer with the encoder it was fitted with.

    Attributes:
        encoder: Encodes what is asked.
        recognizer: Ranks the labels.
        row_labels: The label of each training row.
        left_out: float64 [rows], the probability of the best label when the row was left out.
    """

    encoder: Encoder
    recognizer: Recognizer
    row_labels: tuple[str, ...]
    left_out: NDArray[np.float64]

    def rank(self, text: str) -> tuple[tuple[str, float], ...]:
        """Labels with probabilities, best first, at most ten, the way a turn ranks them."""
        clean = normalize(text)
        ranking = self.recognizer.rank((clean,), self.encoder.encode((clean,)))[0]
        return tuple((line.topic.id, line.probability) for line in ranking)


def fit_labelled(labelled: Sequence[tuple[str, str]], encoder: Encoder) -> LabelledRecognizer:
    """Fits on (text, label) pairs; repetitions and texts without a character are passed over."""
    cleaned = sorted({(normalize(text), label) for text, label in labelled})
    topics = [(text, Topic(kind=TopicKind.INTENT, id=label)) for text, label in cleaned if text]
    rows = gather_rows(topics, encoder)
    parts, left_out = fit_parts(rows, encoder, wrong_answer_rate=_WRONG_ANSWER_RATE)
    return LabelledRecognizer(
        encoder=encoder,
        recognizer=assemble_recognizer(parts),
        row_labels=tuple(rows.topics[number].id for number in rows.row_topics),
        left_out=left_out,
    )
