"""Ranks the topics of one language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import ActChance, Band, RankedTopic, Topic
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.confidence import CHOICES, SIGNALS, Confidence
from servicebot.understanding.features import CountedPieces, Pieces, count_pieces, cut_pieces
from servicebot.understanding.read_acts import ActPhrasesIndex, ActReader
from servicebot.understanding.retrieve_answer import Near, TopicSearch, to_grid

_LONGEST_RANKING: Final = 10
# Measured, see benchmarks/understanding/EXPERIMENTS.md.
_SEARCHED_TOPICS: Final = 64
_SIGNAL_DIGITS: Final = 6
_LEFT_TO_OTHERS: Final = 0.001

Judged = tuple[tuple[RankedTopic, ...], tuple[ActChance, ...], tuple[ActChance, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsOfTexts:
    """What reads the acts of a language.

    Attributes:
        in_a_state: Reads what words do in some state of a conversation.
        any_time: Reads what they do in every state.
        index: The phrases of the acts.
        topics: bool [topics], those whose phrases do an act too.
    """

    in_a_state: ActReader
    any_time: ActReader
    index: ActPhrasesIndex
    topics: NDArray[np.bool_]


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
        tasks: The ids of the intents that begin a task.
        doing: Reads what words do; None where no act is taught.
    """

    topics: tuple[Topic, ...]
    search: TopicSearch
    head: IntentHead
    confidence: Confidence
    taught: Mapping[str, int]
    tasks: frozenset[str] = frozenset()
    doing: ActsOfTexts | None = None

    def judge(
        self,
        text: str,
        vector: NDArray[np.float32],
        *,
        said: NDArray[np.float32] | None = None,
    ) -> Judged:
        """Ranks the topics for a text and reads what it does; nothing for one without any piece.

        Args:
            text: Normalized, without punctuation at its end: that tells no topic from another.
            vector: float32 [dimension], of length 1, of that text.
            said: Of the text as it was said; None where nobody said it, then no act is read.

        Returns:
            Its ranking, best first, ties by id, its acts and its signals.
        """
        cut = count_pieces(cut_pieces(text))
        if not len(cut.grams[0]):
            return (), (), ()
        signals, near = self._look(vector, cut)
        ranking = self._order(text, np.round(signals, _SIGNAL_DIGITS))
        return (ranking, *(((), ()) if said is None else self._acts(said, cut, near)))

    def rank(
        self, texts: Sequence[str], vectors: NDArray[np.float32]
    ) -> list[tuple[RankedTopic, ...]]:
        """The rankings alone; vectors are float32 [texts, dimension]."""
        return [self.judge(text, one)[0] for text, one in zip(texts, vectors, strict=True)]

    def signals(
        self, vectors: NDArray[np.float32], pieces: Sequence[Pieces]
    ) -> Iterator[NDArray[np.float64]]:
        """The raw scores of each text, float64 [signals, topics], in the order of `SIGNALS`."""
        for vector, cut in zip(vectors, pieces, strict=True):
            yield self._look(vector, count_pieces(cut))[0]

    def _look(
        self, vector: NDArray[np.float32], cut: CountedPieces
    ) -> tuple[NDArray[np.float64], Near]:
        scores = self.head.score(vector, cut)
        near = self.search.nearest(to_grid(vector), likeliest(scores))
        return np.vstack((self.search.score(near, cut), scores)), near

    def _acts(
        self, vector: NDArray[np.float32], cut: CountedPieces, near: Near
    ) -> tuple[tuple[ActChance, ...], tuple[ActChance, ...]]:
        doing = self.doing
        if doing is None:
            return (), ()
        idle = ~doing.topics[self.search.row_topics[near.rows]]
        nearness = doing.index.nearness(to_grid(vector), near.cosines[idle])
        return (
            doing.in_a_state.read(vector, cut, doing.index, nearness),
            doing.any_time.read(vector, cut, doing.index, nearness),
        )

    def band(self, ranking: tuple[RankedTopic, ...]) -> Band:
        """The band of the best topic; an empty ranking is handed over."""
        if not ranking:
            return Band.HAND_OVER
        chances = [ranked.probability for ranked in ranking[:CHOICES]]
        return self.confidence.band(chances, begins=ranking[0].topic.id in self.tasks)

    def _order(self, text: str, signals: NDArray[np.float64]) -> tuple[RankedTopic, ...]:
        probabilities = self._with_taught(text, self.confidence.rank(signals))
        order = np.argsort(-probabilities, kind="stable")[:_LONGEST_RANKING]
        return tuple(self._line(place, probabilities, signals) for place in order)

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


def likeliest(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The topics whose rows are worth a search, bool [topics]: the first 64 by the head, or all."""
    if len(scores) <= _SEARCHED_TOPICS:
        return np.ones(len(scores), dtype=np.bool_)
    return np.asarray(scores >= np.partition(scores, -_SEARCHED_TOPICS)[-_SEARCHED_TOPICS])
