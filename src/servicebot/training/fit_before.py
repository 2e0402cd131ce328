"""What a fit takes over from one before that learnt nearly the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from servicebot.domain.understanding import Topic
from servicebot.training.fitted_parts import FittedParts
from servicebot.training.known_rows import KnownRows
from servicebot.training.strangers import Strangers, keys_of
from servicebot.understanding.classify_intent import IntentHead

# With more phrases new, gone or moved, a fit begins from nothing.
MOST_CHANGED: Final = 0.05


def row_keys(rows: KnownRows) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A key of each phrase with its topic, int64 [rows]."""
    named = (rows.topics[number] for number in rows.row_topics)
    return keys_of(
        [f"{topic.kind}\0{topic.id}\0{text}" for topic, text in zip(named, rows.texts, strict=True)]
    )


def learnt_nearly(before: FittedParts, rows: KnownRows) -> bool:
    """Whether few enough phrases are new, gone or moved."""
    differing = np.setxor1d(before.row_keys, row_keys(rows))
    return len(differing) <= MOST_CHANGED * len(rows.texts)


def carry_over(before: FittedParts, topics: Sequence[Topic]) -> tuple[IntentHead, Strangers | None]:
    """Head and scores over the topics of now: those that are gone fall out, new ones know nothing."""
    places = {topic: place for place, topic in enumerate(before.rows.topics)}
    found = np.array([places.get(topic, -1) for topic in topics], dtype=np.int64)
    new, head, strangers = found < 0, before.head, before.strangers
    carried = replace(
        head,
        vector_weights=np.where(new, 0.0, head.vector_weights[:, found]),
        piece_weights=np.where(new, np.float32(0.0), head.piece_weights[:, found]),
        biases=np.where(new, 0.0, head.biases[found]),
    )
    if strangers is None:
        return carried, None
    # Nobody asked for what was not there.
    lowest = strangers.scores.min(axis=1, keepdims=True)
    scores = np.where(new, lowest, strangers.scores[:, found])
    return carried, replace(strangers, scores=scores)
