"""Ranks the topics of one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import Band, RankedTopic, Topic
from servicebot.understanding.classify_intent import LinearHead
from servicebot.understanding.confidence import SIGNALS, Confidence
from servicebot.understanding.features import Pieces, cut_pieces
from servicebot.understanding.retrieve_answer import TopicSearch, to_grid

_LONGEST_RANKING: Final = 10
_SIGNAL_DIGITS: Final = 6
_LEFT_TO_OTHERS: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognizer:
    """Search, head and confidence over the same topics, in the order of their ids.

    Attributes:
        topics: Sorted by id and kind; the columns of every score.
        search: Finds the nearest phrases.
        head: Scores every topic.
        confidence: Fuses both.
        taught: The topic number of every phrase that is taught for one topic only. Asked word for
            word it is certain: somebody approved that very phrase.
    """

    topics: tuple[Topic, ...]
    search: TopicSearch
    head: LinearHead
    confidence: Confidence
    taught: Mapping[str, int]

    def rank(self, text: str, vector: NDArray[np.float32]) -> tuple[RankedTopic, ...]:
        """Ranks the topics, best first, ties by id; empty for a text without any piece."""
        pieces = cut_pieces(text)
        if not pieces.grams:
            return ()
        signals = np.round(self.signals(vector, pieces), _SIGNAL_DIGITS)
        probabilities = self._with_taught(text, self.confidence.rank(signals))
        order = np.argsort(-probabilities, kind="stable")[:_LONGEST_RANKING]
        return tuple(self._line(place, probabilities, signals) for place in order)

    def signals(self, vector: NDArray[np.float32], pieces: Pieces) -> NDArray[np.float64]:
        """The raw scores of every topic, float64 [signals, topics], in the order of `SIGNALS`."""
        found = self.search.score(to_grid(vector), pieces)
        return np.concatenate((found, self.head.score(vector, pieces)[None, :]))

    def band(self, ranking: tuple[RankedTopic, ...]) -> Band:
        """The band of the best topic; an empty ranking is handed over."""
        return self.confidence.band(ranking[0].probability) if ranking else Band.HAND_OVER

    def _with_taught(self, text: str, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        place = self.taught.get(text)
        if place is None:
            return probabilities
        settled = probabilities * _LEFT_TO_OTHERS
        settled[place] = 1.0
        return np.asarray(np.round(settled, _SIGNAL_DIGITS))

    def _line(
        self, place: int, probabilities: NDArray[np.float64], signals: NDArray[np.float64]
    ) -> RankedTopic:
        scores = signals[:, place].tolist()
        return RankedTopic(
            topic=self.topics[place],
            probability=float(probabilities[place]),
            signals=tuple(zip(SIGNALS, scores, strict=True)),
        )
