"""The intent head: logistic regression over the vector and hashed pieces of words and sounds."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.features import Counted

# Inputs and weights are whole multiples of these; float64 adds their products exactly.
INPUT_STEP: Final = 2.0**-16
WEIGHT_STEP: Final = 2.0**-18
# How long each family's part of the input is beside the vector, of length 1: measured, see
# benchmarks/understanding/EXPERIMENTS.md.
FAMILY_SHARES: Final = (0.5, 0.3, 0.25)
BUCKETS: Final = 4096
_SIGN_BIT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceVocabulary:
    """The pieces the head knows.

    Attributes:
        pieces: Sorted uint32 hashes.
        idf: float64 rarity of each.
        buckets: Pieces share so many signed buckets (Weinberger et al. 2009): the head stays small
            whatever is taught, and two texts' products differ from those over all pieces by about
            1 / sqrt(buckets).
        shares: How long the parts of grams, subwords and pinyin are.
    """

    pieces: NDArray[np.uint32]
    idf: NDArray[np.float64]
    buckets: int = BUCKETS
    shares: tuple[float, ...] = FAMILY_SHARES

    def inputs(self, asked: Counted) -> "HeadInputs":
        """The known pieces of some texts as the head takes them."""
        last = len(self.pieces) - 1
        places = np.minimum(np.searchsorted(self.pieces, asked.pieces), last)
        known = self.pieces[places] == asked.pieces if last >= 0 else places >= 0
        families, texts = asked.families[known], asked.texts[known]
        numbers = asked.pieces[known].astype(np.int64)
        weights = (1.0 + np.log(asked.counts[known])) * self.idf[places[known]]
        parts = families * asked.size + texts
        lengths = np.sqrt(np.bincount(parts, weights * weights))
        shares = np.array(self.shares) / INPUT_STEP
        signs = 1.0 - 2.0 * ((numbers >> _SIGN_BIT) & 1)
        rounded = np.rint(weights / lengths[parts] * shares[families]) * INPUT_STEP
        return HeadInputs(
            size=asked.size, texts=texts, buckets=numbers % self.buckets, values=signs * rounded
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadInputs:
    """The known pieces of some texts: a sparse matrix [texts, buckets].

    A bucket may come several times in a text; its values add up.

    Attributes:
        size: How many texts.
        texts: int64, the row of each value.
        buckets: int64, its column.
        values: float64, whole multiples of the input step.
    """

    size: int
    texts: NDArray[np.int64]
    buckets: NDArray[np.int64]
    values: NDArray[np.float64]

    def times(self, weights: NDArray[np.float32]) -> NDArray[np.float64]:
        """The product with [buckets, topics], exact: float64 [texts, topics]."""
        used, columns = np.unique(self.buckets, return_inverse=True)
        cells = self.texts * len(used) + columns
        dense = np.bincount(cells, self.values, self.size * len(used))
        product = dense.reshape(self.size, len(used)) @ weights[used].astype(np.float64)
        return np.asarray(product)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentHead:
    """Scores every topic from the vectors and the pieces of messages.

    The vector tells close topics apart, the pieces read the words that it blurs.

    Attributes:
        vocabulary: The pieces it knows.
        vector_weights: float64 [dimension, topics], whole multiples of the weight step.
        piece_weights: float32 [buckets, topics], likewise.
        biases: float64 [topics], likewise.
    """

    vocabulary: PieceVocabulary
    vector_weights: NDArray[np.float64]
    piece_weights: NDArray[np.float32]
    biases: NDArray[np.float64]

    def score(self, vector: NDArray[np.float32], pieces: Counted) -> NDArray[np.float64]:
        """Scores one text, float64 [topics]; see `score_all`."""
        return np.asarray(self.score_all(vector[None], pieces)[0])

    def score_all(self, vectors: NDArray[np.float32], pieces: Counted) -> NDArray[np.float64]:
        """Log odds of every topic, up to a constant that all share, float64 [texts, topics].

        Args:
            vectors: float32 [texts, dimension], of length 1.
            pieces: Of the same texts.
        """
        words = self.vocabulary.inputs(pieces).times(self.piece_weights)
        return np.asarray(round_inputs(vectors) @ self.vector_weights + words + self.biases)


def round_inputs(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Vectors as the head takes them: whole multiples of the step."""
    return np.rint(vectors.astype(np.float64) / INPUT_STEP) * INPUT_STEP
