"""What heads that never saw the topic of a question said of it; the costly half of an exam."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_KEY_BYTES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """Scores of questions, kept so that a fit that changes little need not ask them anew.

    Attributes:
        questions: int64 [questions], a key of each text.
        scores: float64 [questions, topics].
    """

    questions: NDArray[np.int64]
    scores: NDArray[np.float64]

    def of(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The places of those texts that were asked, and their scores."""
        rows = {key: row for row, key in enumerate(self.questions.tolist())}
        found = [rows.get(key, -1) for key in keys_of(texts).tolist()]
        asked = np.array([place for place, row in enumerate(found) if row >= 0], dtype=np.int64)
        return asked, self.scores[[row for row in found if row >= 0]]


def keys_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """A key of each text, int64 [texts]."""
    digests = (hashlib.sha256(text.encode()).digest()[:_KEY_BYTES] for text in texts)
    return np.array([int.from_bytes(one, signed=True) for one in digests], dtype=np.int64)
