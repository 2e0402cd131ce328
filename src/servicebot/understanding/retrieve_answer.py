"""Scores every topic by the phrase of it that is nearest to the message."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.ports.vector_index import VectorIndex
from servicebot.understanding.features import Pieces
from servicebot.understanding.lexical import LexicalIndex

# Unit vectors are rounded to whole multiples of 1 / 2048: every product and every partial sum is
# a whole number below 2**24 then, which float32 holds exactly in whatever order it adds.
GRID: Final = 2048.0
_NEIGHBOURS: Final = 256


def to_grid(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rounds unit vectors to whole numbers of grid steps."""
    return np.asarray(np.rint(vectors * np.float32(GRID)), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSearch:
    """The phrases of one language, searchable by vector, by words and by sound.

    Attributes:
        row_topics: int64, the topic number of each row, ascending.
        topic_starts: int64, the first row of each topic; every topic has a row.
        index: Over the rows' vectors on the grid.
        words: Over grams.
        sounds: Over pinyin.
    """

    row_topics: NDArray[np.int64]
    topic_starts: NDArray[np.int64]
    index: VectorIndex
    words: LexicalIndex
    sounds: LexicalIndex

    def score(self, vector: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
        """Scores every topic.

        Args:
            vector: float32 [dimension], on the grid.
            pieces: Of the same text.

        Returns:
            float64 [3, topics]: cosine, words, sounds of the best row of each topic.
        """
        words = self.words.score(pieces.grams)
        sounds = self.sounds.score(pieces.pinyin)
        return np.stack((self._cosine(vector), self._best(words), self._best(sounds)))

    def _best(self, row_scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum.reduceat(row_scores, self.topic_starts)

    def _cosine(self, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """The best cosine of each topic; topics beyond the nearest rows share the last one's."""
        count = min(_NEIGHBOURS, len(self.row_topics))
        scores, rows = self.index.search(vector[None, :], count)
        products = scores[0].astype(np.float64) / (GRID * GRID)
        best = np.full(len(self.topic_starts), products[-1])
        np.maximum.at(best, self.row_topics[rows[0]], products)
        return best
