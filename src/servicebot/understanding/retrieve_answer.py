"""Scores every topic by the phrase of it that is nearest to the message."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.ports.vector_index import VectorIndex
from servicebot.understanding.features import Counted
from servicebot.understanding.lexical import LexicalIndex

# Unit vectors are rounded to whole multiples of 1 / 127: a number fits into 8 bits then, and every
# product and every partial sum is a whole number below 2**24, which float32 holds exactly in whatever
# order it adds. Measured: as good as no rounding, see benchmarks/understanding/EXPERIMENTS.md.
GRID: Final = 127.0
_NEIGHBOURS: Final = 256
# Measured, see benchmarks/understanding/EXPERIMENTS.md.
_SHARPNESS: Final = 10.0
_TINY: Final = 1e-300
# The cosine of a topic that has no row left.
_NO_COSINE: Final = -1.0


def to_grid(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rounds unit vectors to whole numbers of grid steps."""
    return np.asarray(np.rint(vectors * np.float32(GRID)), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The rows nearest to a message.

    Attributes:
        rows: int64, ascending, so that sums do not hang on the order in which they were found.
        cosines: float64, one for each.
        least: Stands for the cosine of every other row.
    """

    rows: NDArray[np.int64]
    cosines: NDArray[np.float64]
    least: float


@dataclass(frozen=True, kw_only=True)
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

    def nearest(
        self,
        vector: NDArray[np.float32],
        topics: NDArray[np.bool_],
        allowed: NDArray[np.bool_] | None = None,
    ) -> Near:
        """The nearest 256 rows of some topics, as if only the allowed rows were taught.

        Args:
            vector: float32 [dimension], on the grid.
            topics: bool [topics].
            allowed: bool [rows], or None for all.
        """
        searched = topics[self.row_topics]
        scores, rows = self.index.search(
            vector, _NEIGHBOURS, searched if allowed is None else searched & allowed
        )
        order = np.argsort(rows)
        cosines = scores.astype(np.float64) / (GRID * GRID)
        least = float(cosines[-1]) if len(cosines) else _NO_COSINE
        return Near(rows=rows[order], cosines=cosines[order], least=least)

    def score(
        self, near: Near, pieces: Counted, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float64]:
        """Scores every topic, as if only the allowed rows were taught.

        Args:
            near: The rows nearest to the text that is asked, all of them allowed.
            pieces: Of that text.
            allowed: bool [rows], or None for all.

        Returns:
            float64 [4, topics]: the nearest row's cosine, the soft mean of all rows' cosines, and
            words and sounds of the best row.
        """
        if allowed is None:
            return np.asarray(self.score_all((near,), pieces)[0])
        words = self.words.score(pieces.grams.pieces) * allowed
        sounds = self.sounds.score(pieces.pinyin.pieces) * allowed
        counts = np.add.reduceat(allowed.astype(np.float64), self.topic_starts)
        nearest, soft = self._cosines((near,), counts)
        return np.stack((nearest[0], soft[0], self._best(words), self._best(sounds)))

    def score_all(self, near: Sequence[Near], pieces: Counted) -> NDArray[np.float64]:
        """The scores of several texts, float64 [texts, 4, topics]; see `score`.

        Args:
            near: The rows nearest to each text.
            pieces: Of the same texts.
        """
        words = self.words.best(pieces.grams, self.topic_starts)
        sounds = self.sounds.best(pieces.pinyin, self.topic_starts)
        cosines = self._cosines(near, self._row_counts)
        return np.stack((*cosines, words, sounds), axis=1)

    @cached_property
    def _row_counts(self) -> NDArray[np.float64]:
        return np.bincount(self.row_topics).astype(np.float64)

    def _best(self, row_scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum.reduceat(row_scores, self.topic_starts)

    def _cosines(
        self, near: Sequence[Near], counts: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The best cosine of each topic, and the log mean exp: several near rows count for more.

        Args:
            near: The rows nearest to each text.
            counts: float64 [topics], the rows of each.

        Returns:
            Both float64 [texts, topics].
        """
        shape = (len(near), len(counts))
        texts = np.repeat(np.arange(len(near)), [len(one.rows) for one in near])
        cells = texts * len(counts) + self.row_topics[np.concatenate([one.rows for one in near])]
        cosines = np.concatenate([one.cosines for one in near])
        least = np.array([one.least for one in near])
        nearest = np.repeat(least, len(counts))
        np.maximum.at(nearest, cells, cosines)
        nearest = nearest.reshape(shape)
        rest = np.exp(_SHARPNESS * least)
        above = np.exp(_SHARPNESS * cosines) - rest[texts]
        powers = np.bincount(cells, above, nearest.size).reshape(shape) + counts * rest[:, None]
        means = np.log(powers / np.maximum(counts, 1.0) + _TINY) / _SHARPNESS
        taught = counts > 0
        return (
            np.where(taught, np.maximum(nearest, _NO_COSINE), _NO_COSINE),
            np.where(taught, np.maximum(means, _NO_COSINE), _NO_COSINE),
        )
