"""The intent head: logistic regression over the vector and hashed pieces of words and sounds."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.features import Counted, CountedPieces

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

    def inputs(self, pieces: CountedPieces) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The buckets of the known pieces of a text and their signed values.

        A bucket may come several times; its values add up.
        """
        buckets: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float64]] = []
        families = (pieces.grams, pieces.subwords, pieces.pinyin)
        for share, family in zip(self.shares, families, strict=True):
            known, weights = self._family(family)
            signs = 1.0 - 2.0 * ((known >> _SIGN_BIT) & 1)
            buckets.append(known % self.buckets)
            rounded = np.rint(weights * (share / INPUT_STEP)) * INPUT_STEP
            values.append(np.asarray(signs * rounded, dtype=np.float64))
        return np.concatenate(buckets), np.concatenate(values)

    def _family(self, family: Counted) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        unique, counts = family
        if not len(unique) or not len(self.pieces):
            return np.empty(0, np.int64), np.empty(0)
        places = np.minimum(np.searchsorted(self.pieces, unique), len(self.pieces) - 1)
        known = self.pieces[places] == unique
        weights = (1.0 + np.log(counts[known])) * self.idf[places[known]]
        length = float(np.sqrt(np.sum(weights * weights)))
        return unique[known].astype(np.int64), weights / length if length else weights


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentHead:
    """Scores every topic from the vector and the pieces of a message.

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

    def score(self, vector: NDArray[np.float32], pieces: CountedPieces) -> NDArray[np.float64]:
        """Log odds of every topic, up to a constant that all share, float64 [topics].

        Args:
            vector: float32 [dimension], of length 1.
            pieces: Of the same text.
        """
        buckets, values = self.vocabulary.inputs(pieces)
        words = values @ self.piece_weights[buckets].astype(np.float64)
        return np.asarray(round_inputs(vector) @ self.vector_weights + words + self.biases)


def round_inputs(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Vectors as the head takes them: whole multiples of the step."""
    return np.rint(vectors.astype(np.float64) / INPUT_STEP) * INPUT_STEP
