"""Scores every topic by the phrase of it that is nearest to the message."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.ports.vector_index import VectorIndex
from servicebot.understanding.features import Pieces
from servicebot.understanding.lexical import LexicalIndex

# Unit vectors are rounded to whole multiples of 1 / 127: a number fits into 8 bits then, and every
# product and every partial sum is a whole number below 2**24, which float32 holds exactly in whatever
# order it adds. Measured: as good as no rounding, see benchmarks/understanding/EXPERIMENTS.md.
GRID: Final = 127.0
_NEIGHBOURS: Final = 256
# Measured, see benchmarks/understanding/EXPERIMENTS.md.
_SHARPNESS: Final = 10.0
_TINY: Final = 1e-300
# A row that is not there, and the cosine of a topic that has none left.
_NOWHERE: Final = -10.0
_NO_COSINE: Final = -1.0


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

    def cosines(self, vectors: NDArray[np.float32]) -> Iterator[NDArray[np.float64]]:
        """The cosines of all rows for each vector; beyond the nearest 256 they share the least.

        Args:
            vectors: float32 [texts, dimension], on the grid; one search for all of them.

        Yields:
            float64 [rows].
        """
        count = min(_NEIGHBOURS, len(self.row_topics))
        for scores, rows in zip(*self.index.search(vectors, count), strict=True):
            products = scores.astype(np.float64) / (GRID * GRID)
            found = np.full(len(self.row_topics), products[-1])
            found[rows] = products
            yield found

    def score(
        self,
        cosines: NDArray[np.float64],
        pieces: Pieces,
        allowed: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float64]:
        """Scores every topic, as if only the allowed rows were taught.

        Args:
            cosines: float64 [rows]; rows beyond the nearest may share one value.
            pieces: Of the text that is asked.
            allowed: bool [rows], or None for all.

        Returns:
            float64 [4, topics]: the nearest row's cosine, the soft mean of all rows' cosines, and
            words and sounds of the best row.
        """
        words, sounds = self.words.score(pieces.grams), self.sounds.score(pieces.pinyin)
        if allowed is not None:
            cosines = np.where(allowed, cosines, _NOWHERE)
            words, sounds = words * allowed, sounds * allowed
        nearest = np.maximum(self._best(cosines), _NO_COSINE)
        soft = self._soft_mean(cosines, allowed)
        return np.stack((nearest, soft, self._best(words), self._best(sounds)))

    def _best(self, row_scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum.reduceat(row_scores, self.topic_starts)

    def _soft_mean(
        self, cosines: NDArray[np.float64], allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.float64]:
        """Log mean exp: near the best cosine, but several near rows count for more than one."""
        powers = np.add.reduceat(np.exp(_SHARPNESS * cosines), self.topic_starts)
        taught = np.ones(len(cosines)) if allowed is None else allowed.astype(np.float64)
        counts = np.maximum(np.add.reduceat(taught, self.topic_starts), 1.0)
        means = np.log(powers / counts + _TINY) / _SHARPNESS
        return np.asarray(np.maximum(means, _NO_COSINE))
