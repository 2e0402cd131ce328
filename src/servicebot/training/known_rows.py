"""The phrases of one language as the fit works with them: sorted, encoded and cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Topic
from servicebot.ports.encoder import Encoder
from servicebot.understanding.features import Pieces, cut_pieces

FOLDS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRows:
    """Labelled phrases, ordered by topic.

    Attributes:
        topics: Sorted by id and kind.
        texts: Normalized phrases.
        row_topics: int64, the topic number of each phrase, ascending.
        pieces: Of each phrase.
        vectors: float32 [rows, dimension] of the phrases.
    """

    topics: tuple[Topic, ...]
    texts: tuple[str, ...]
    row_topics: NDArray[np.int64]
    pieces: tuple[Pieces, ...]
    vectors: NDArray[np.float32]

    @property
    def folds(self) -> NDArray[np.int64]:
        """The fold of each row, from its text alone, so that an edit moves no other row."""
        return np.array([crc32(text.encode()) % FOLDS for text in self.texts], dtype=np.int64)


def gather_rows(labelled: Sequence[tuple[str, Topic]], encoder: Encoder) -> KnownRows:
    """Sorts, encodes and cuts labelled, normalized phrases.

    Args:
        labelled: Phrases with what they mean.
        encoder: Encodes them.
    """
    ordered = sorted(labelled, key=lambda item: (item[1].id, item[1].kind.value, item[0]))
    topics = sorted({topic for _, topic in ordered}, key=lambda topic: (topic.id, topic.kind.value))
    numbers = {topic: number for number, topic in enumerate(topics)}
    texts = tuple(text for text, _ in ordered)
    return KnownRows(
        topics=tuple(topics),
        texts=texts,
        row_topics=np.array([numbers[topic] for _, topic in ordered], dtype=np.int64),
        pieces=tuple(cut_pieces(text) for text in texts),
        vectors=encoder.encode(texts),
    )
