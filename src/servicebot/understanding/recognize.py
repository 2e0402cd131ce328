"""Ranks the topics of one language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.understanding import ActChance, Band, Language, RankedTopic, Topic
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.confidence import CHOICES, SIGNALS, Confidence
from servicebot.understanding.features import Counted, Pieces, count_pieces, cut_pieces
from servicebot.understanding.read_acts import ActPhrasesIndex, ActReader
from servicebot.understanding.retrieve_answer import Near, TopicSearch, to_grid
from servicebot.understanding.taught_phrases import TaughtPhrases

_LONGEST_RANKING: Final = 10
# Measured, see benchmarks/understanding/EXPERIMENTS.md.
_SEARCHED_TOPICS: Final = 64
_SIGNAL_DIGITS: Final = 6
_LEFT_TO_OTHERS: Final = 0.001

# So many texts are scored as one matrix; more would win nothing and take memory.
_TOGETHER: Final = 32

# A ranking, best first, ties by id; the acts; the signals.
Judged = tuple[tuple[RankedTopic, ...], tuple[ActChance, ...], tuple[ActChance, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text to be judged.

    Attributes:
        text: Normalized, without punctuation at its end: that tells no topic from another.
        vector: float32 [dimension], of length 1, of that text.
        said: Of the text as it was said; None where nobody said it, then no act is read.
    """

    text: str
    vector: NDArray[np.float32]
    said: NDArray[np.float32] | None = None


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
    taught: TaughtPhrases
    tasks: frozenset[str] = frozenset()
    doing: ActsOfTexts | None = None

    def judge(self, asked: Sequence[Asked]) -> list[Judged]:
        """Ranks the topics for texts and reads what they do; nothing for one without any piece.

        No bit of an answer depends on the other texts.
        """
        found: list[Judged] = [((), (), ())] * len(asked)
        cut = [cut_pieces(one.text) for one in asked]
        places = [place for place, pieces in enumerate(cut) if pieces.grams]
        for start in range(0, len(places), _TOGETHER):
            batch = places[start : start + _TOGETHER]
            judged = self._judge([asked[place] for place in batch], [cut[place] for place in batch])
            for place, one in zip(batch, judged, strict=True):
                found[place] = one
        return found

    def _judge(self, asked: Sequence[Asked], cut: Sequence[Pieces]) -> Iterator[Judged]:
        vectors = np.stack([one.vector for one in asked])
        signals, near = self._look(vectors, count_pieces(*cut))
        rankings = self._order([one.text for one in asked], np.round(signals, _SIGNAL_DIGITS))
        said = [place for place, one in enumerate(asked) if one.said is not None]
        acts = self._acts(
            [one.said for one in asked if one.said is not None],
            [cut[place] for place in said],
            [near[place] for place in said],
        )
        read = dict(zip(said, acts, strict=True))
        for place, ranking in enumerate(rankings):
            yield (ranking, *read.get(place, ((), ())))

    def rank(
        self, texts: Sequence[str], vectors: NDArray[np.float32]
    ) -> list[tuple[RankedTopic, ...]]:
        """The rankings alone; vectors are float32 [texts, dimension]."""
        asked = [Asked(text=text, vector=one) for text, one in zip(texts, vectors, strict=True)]
        return [ranking for ranking, _, _ in self.judge(asked)]

    def signals(
        self, vectors: NDArray[np.float32], pieces: Sequence[Pieces]
    ) -> Iterator[NDArray[np.float64]]:
        """The raw scores of each text, float64 [signals, topics], in the order of `SIGNALS`."""
        for start in range(0, len(pieces), _TOGETHER):
            batch = slice(start, start + _TOGETHER)
            yield from self._look(vectors[batch], count_pieces(*pieces[batch]))[0]

    def _look(
        self, vectors: NDArray[np.float32], cut: Counted
    ) -> tuple[NDArray[np.float64], list[Near]]:
        """The raw scores, float64 [texts, signals, topics], and the rows nearest to each text."""
        scores = self.head.score_all(vectors, cut)
        near = [
            self.search.nearest(vector, likeliest(found))
            for vector, found in zip(to_grid(vectors), scores, strict=True)
        ]
        found = self.search.score_all(near, cut)
        return np.concatenate((found, scores[:, None]), axis=1), near

    def _acts(
        self, said: Sequence[NDArray[np.float32]], pieces: Sequence[Pieces], near: Sequence[Near]
    ) -> Iterable[tuple[tuple[ActChance, ...], tuple[ActChance, ...]]]:
        doing = self.doing
        if doing is None or not said:
            return [((), ())] * len(said)
        vectors, cut = np.stack(said), count_pieces(*pieces)
        idle = [one.cosines[~doing.topics[self.search.row_topics[one.rows]]] for one in near]
        nearness = doing.index.nearness(to_grid(vectors), idle)
        return zip(
            doing.in_a_state.read(vectors, cut, doing.index, nearness),
            doing.any_time.read(vectors, cut, doing.index, nearness),
            strict=True,
        )

    def band(self, ranking: tuple[RankedTopic, ...], language: Language) -> Band:
        """The band of the best topic of words in a language; an empty ranking is handed over."""
        if not ranking:
            return Band.HAND_OVER
        chances = [ranked.probability for ranked in ranking[:CHOICES]]
        begins = ranking[0].topic.id in self.tasks
        return self.confidence.band(chances, begins=begins, language=language)

    def _order(
        self, texts: Sequence[str], signals: NDArray[np.float64]
    ) -> Iterator[tuple[RankedTopic, ...]]:
        """The rankings from the rounded signals, float64 [texts, signals, topics].

        What is hardly likely has chances that are rounded to nothing, so the order is that of the
        scores they are made of: it is the same wherever the chances differ.
        """
        probabilities = self._with_taught(texts, self.confidence.rank_all(signals))
        scores = self.confidence.fused(signals)
        scores[probabilities == 1.0] = np.inf  # taught word for word
        order = np.argsort(-scores, axis=1, kind="stable")[:, :_LONGEST_RANKING]
        for first, chances, raw_scores in zip(order, probabilities, signals, strict=True):
            lines = zip(
                first.tolist(), chances[first].tolist(), raw_scores.T[first].tolist(), strict=True
            )
            yield tuple(
                RankedTopic(
                    topic=self.topics[place],
                    probability=chance,
                    signals=tuple(zip(SIGNALS, raw, strict=True)),
                )
                for place, chance, raw in lines
            )

    def _with_taught(
        self, texts: Sequence[str], probabilities: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        for chances, text in zip(probabilities, texts, strict=True):
            if (place := self.taught.get(text)) is not None:
                chances[:] = np.round(chances * _LEFT_TO_OTHERS, _SIGNAL_DIGITS)
                chances[place] = 1.0
        return probabilities


def likeliest(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The topics whose rows are worth a search, bool [topics]: the first 64 by the head, or all."""
    if len(scores) <= _SEARCHED_TOPICS:
        return np.ones(len(scores), dtype=np.bool_)
    return np.asarray(scores >= np.partition(scores, -_SEARCHED_TOPICS)[-_SEARCHED_TOPICS])
