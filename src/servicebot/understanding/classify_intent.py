"""The linear head: one weight per piece and per vector axis for every topic."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.features import Pieces

# Inputs and weights are whole multiples of these; float64 adds their products exactly.
INPUT_STEP: Final = 2.0**-14
WEIGHT_STEP: Final = 2.0**-18
# How much of the input each family is: measured, see benchmarks/understanding/EXPERIMENTS.md.
FAMILY_SHARES: Final = (1.0, 0.6, 0.5)
DENSE_SHARE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceVocabulary:
    """The pieces the head knows.

    Attributes:
        pieces: Sorted uint32 hashes.
        idf: float64 rarity of each.
    """

    pieces: NDArray[np.uint32]
    idf: NDArray[np.float64]

    def inputs(self, pieces: Pieces) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The places of the known pieces of a text and their values, family by family."""
        places: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float64]] = []
        families = (pieces.grams, pieces.subwords, pieces.pinyin)
        for share, family in zip(FAMILY_SHARES, families, strict=True):
            found, weights = self._family(family)
            places.append(found)
            values.append(np.rint(weights * (share / INPUT_STEP)) * INPUT_STEP)
        return np.concatenate(places), np.concatenate(values)

    def _family(self, family: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        unique, counts = np.unique(np.asarray(family, dtype=np.uint32), return_counts=True)
        if not len(unique) or not len(self.pieces):
            return np.empty(0, np.int64), np.empty(0)
        places = np.minimum(np.searchsorted(self.pieces, unique), len(self.pieces) - 1)
        known = self.pieces[places] == unique
        weights = (1.0 + np.log(counts[known])) * self.idf[places[known]]
        length = float(np.sqrt(np.sum(weights * weights)))
        return places[known], weights / length if length else weights


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearHead:
    """Scores every topic from the vector and the pieces of a message.

    Attributes:
        vocabulary: The pieces it knows.
        piece_weights: float32 [pieces, topics], whole multiples of the weight step.
        vector_weights: float32 [dimension, topics], likewise.
    """

    vocabulary: PieceVocabulary
    piece_weights: NDArray[np.float32]
    vector_weights: NDArray[np.float32]

    def score(self, vector: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
        """Scores every topic: near 1 for the meant one, near 0 for the rest.

        Args:
            vector: float32 [dimension], rows of length 1.
            pieces: Of the same text.
        """
        places, values = self.vocabulary.inputs(pieces)
        rounded = np.rint(vector.astype(np.float64) * (DENSE_SHARE / INPUT_STEP)) * INPUT_STEP
        words = values @ self.piece_weights[places].astype(np.float64)
        return np.asarray(rounded @ self.vector_weights.astype(np.float64) + words)
