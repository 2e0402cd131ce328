"""What words do, apart from their topic: agree, refuse, ask for a person, speak of danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.acts import Act
from servicebot.domain.understanding import ActChance
from servicebot.ports.vector_index import VectorIndex
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.confidence import share_out
from servicebot.understanding.features import CountedPieces
from servicebot.understanding.retrieve_answer import GRID

_SHOWN: Final = 5
_ROUNDED_TO: Final = 6
# How near: the nearest phrase, and the mean of so many.
_FEW: Final = 5
# Phrases that are looked at; an act with none among them is as far as the last of them.
_NEIGHBOURS: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near the phrases of each act came, and those of topics, which do nothing.

    Attributes:
        acts: float64 [acts], in the order of `ActPhrasesIndex.acts`: the sum of the nearest cosine
            and the mean of the nearest five.
        topics: The same for the topics' phrases.
    """

    acts: NDArray[np.float64]
    topics: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPhrasesIndex:
    """The phrases of the acts.

    Attributes:
        acts: Sorted by name; every act has a row.
        row_acts: int64, the act number of each row.
        index: Over the rows' vectors on the grid.
    """

    acts: tuple[Act, ...]
    row_acts: NDArray[np.int64]
    index: VectorIndex

    def nearness(self, vector: NDArray[np.float32], topic_cosines: NDArray[np.float64]) -> Nearness:
        """How near everything is to a vector on the grid.

        Args:
            vector: float32 [dimension].
            topic_cosines: float64, of the nearest rows of topics that do nothing.
        """
        scores, rows = self.index.search(vector, _NEIGHBOURS)
        found = self.row_acts[rows]
        order = np.lexsort((-scores, found))
        cosines = scores[order].astype(np.float64) / (GRID * GRID)
        starts = np.searchsorted(found[order], np.arange(len(self.acts) + 1))
        few = np.full((len(self.acts), _FEW), cosines.min())
        for place in range(_FEW):
            at = starts[:-1] + place
            there = at < starts[1:]
            few[there, place] = cosines[at[there]]
        return Nearness(acts=few[:, 0] + few.mean(axis=1), topics=_near(topic_cosines))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActReader:
    """Logistic regression over acts and none of them, beside how near their phrases are.

    Attributes:
        labels: The act of each column; None for the column of everything else.
        head: Scores the columns.
        weight: Of the nearness, in log odds for a cosine of one.
    """

    labels: Sequence[Act | None]
    head: IntentHead
    weight: float

    def read(
        self,
        vector: NDArray[np.float32],
        pieces: CountedPieces,
        index: ActPhrasesIndex,
        nearness: Nearness,
    ) -> tuple[ActChance, ...]:
        """The likeliest acts, best first; ties by name."""
        near = dict(zip(index.acts, nearness.acts, strict=True))
        others = [near[act] for act in index.acts if act not in self.labels]
        nothing = max([nearness.topics, *others])
        nears = np.array([nothing if act is None else near.get(act, 0.0) for act in self.labels])
        scores = self.head.score(vector, pieces) + self.weight * nears
        shares = np.round(share_out(scores), _ROUNDED_TO)
        order = np.argsort(-shares, kind="stable")
        found = ((self.labels[place], float(shares[place])) for place in order)
        named = [ActChance(act=act, probability=share) for act, share in found if act is not None]
        return tuple(named[:_SHOWN])


def _near(cosines: NDArray[np.float64]) -> float:
    """The nearest and the mean of the nearest few together; nothing is as far as can be."""
    few = np.sort(cosines)[::-1][:_FEW]
    return float(few[0] + few.mean()) if len(few) else -2.0
