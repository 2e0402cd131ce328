"""The phrases that are taught for one topic only, as arrays that can be mapped from a file."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtPhrases:
    """A dictionary from phrase to topic number; a dict of 50,000 texts takes 10 MB of each process.

    Attributes:
        letters: uint8, the UTF-8 of all phrases in the order of their bytes, one behind the other.
        ends: int64 [phrases], where each of them ends.
        topics: int64 [phrases], the topic number of each.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    topics: NDArray[np.int64]

    def get(self, text: str) -> int | None:
        """The topic number of a phrase; None where it is not taught or for several topics."""
        wanted = text.encode()
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            found = self._phrase(middle)
            if found == wanted:
                return int(self.topics[middle])
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def _phrase(self, place: int) -> bytes:
        begin = self.ends[place - 1] if place else 0
        return self.letters[begin : self.ends[place]].tobytes()


def build_taught_phrases(topics: Mapping[str, int]) -> TaughtPhrases:
    """Packs the topic number of each phrase."""
    ordered = sorted((text.encode(), topic) for text, topic in topics.items())
    letters = b"".join(text for text, _ in ordered)
    return TaughtPhrases(
        letters=np.frombuffer(letters, dtype=np.uint8),
        ends=np.cumsum([len(text) for text, _ in ordered], dtype=np.int64),
        topics=np.array([topic for _, topic in ordered], dtype=np.int64),
    )
