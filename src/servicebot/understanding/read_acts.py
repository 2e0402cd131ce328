"""What words do, apart from their topic: agree, refuse, ask for a person, speak of danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.acts import Act
from servicebot.domain.understanding import ActChance
from servicebot.ports.vector_index import BatchIndex
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.confidence import share_out
from servicebot.understanding.features import Counted
from servicebot.understanding.retrieve_answer import GRID

_SHOWN: Final = 5
_ROUNDED_TO: Final = 6
# How near: the nearest phrase, and the mean of so many.
_FEW: Final = 5
# Phrases that are looked at; an act with none among them is as far as the last of them.
_NEIGHBOURS: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near the phrases of each act came to some texts, and those of topics, which do nothing.

    Attributes:
        acts: float64 [texts, acts], in the order of `ActPhrasesIndex.acts`: the sum of the nearest
            cosine and the mean of the nearest five.
        topics: float64 [texts], the same for the topics' phrases.
    """

    acts: NDArray[np.float64]
    topics: NDArray[np.float64]


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
    index: BatchIndex

    def nearness(
        self, vectors: NDArray[np.float32], topic_cosines: Sequence[NDArray[np.float64]]
    ) -> Nearness:
        """How near everything is to vectors on the grid.

        Args:
            vectors: float32 [texts, dimension].
            topic_cosines: For each text float64, of the nearest rows of topics that do nothing.
        """
        scores, rows = self.index.search_all(vectors, _NEIGHBOURS)
        cells = self.row_acts[rows] + np.arange(len(vectors))[:, None] * len(self.acts)
        order = np.lexsort((-scores.ravel(), cells.ravel()))
        cosines = scores.ravel()[order] / (GRID * GRID)
        ends = np.cumsum(np.bincount(cells.ravel(), minlength=len(vectors) * len(self.acts)))
        least = np.repeat(scores.min(axis=1) / (GRID * GRID), len(self.acts))
        few = np.repeat(least[:, None], _FEW, axis=1)
        for place in range(_FEW):
            at = np.append(0, ends[:-1]) + place
            there = at < ends
            few[there, place] = cosines[at[there]]
        acts = (few[:, 0] + few.mean(axis=1)).reshape(len(vectors), len(self.acts))
        return Nearness(acts=acts, topics=np.array([_near(one) for one in topic_cosines]))


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
        vectors: NDArray[np.float32],
        pieces: Counted,
        index: ActPhrasesIndex,
        nearness: Nearness,
    ) -> list[tuple[ActChance, ...]]:
        """The likeliest acts of each text, best first; ties by name.

        Args:
            vectors: float32 [texts, dimension].
            pieces: Of the same texts.
            index: Names the acts of the nearness.
            nearness: Of the same texts.
        """
        nears = self._nears(index.acts, nearness)
        scores = self.head.score_all(vectors, pieces) + self.weight * nears
        shares = np.round(share_out(scores), _ROUNDED_TO)
        order = np.argsort(-shares, axis=1, kind="stable")[:, : _SHOWN + 1]
        likeliest = np.take_along_axis(shares, order, axis=1)
        return [
            self._named(places, chances)
            for places, chances in zip(order.tolist(), likeliest.tolist(), strict=True)
        ]

    def _nears(self, acts: Sequence[Act], nearness: Nearness) -> NDArray[np.float64]:
        """How near each label is, float64 [texts, labels]; nothing is as near as anything else."""
        near = dict(zip(acts, nearness.acts.T, strict=True))
        nothing = np.maximum.reduce(
            [nearness.topics, *(near[act] for act in acts if act not in self.labels)]
        )
        nowhere = np.zeros(len(nothing))
        columns = [nothing if act is None else near.get(act, nowhere) for act in self.labels]
        return np.stack(columns, axis=1)

    def _named(self, places: Sequence[int], chances: Sequence[float]) -> tuple[ActChance, ...]:
        found = (
            (self.labels[place], chance) for place, chance in zip(places, chances, strict=True)
        )
        named = [ActChance(act=act, probability=chance) for act, chance in found if act is not None]
        return tuple(named[:_SHOWN])


def _near(cosines: NDArray[np.float64]) -> float:
    """The nearest and the mean of the nearest few together; nothing is as far as can be."""
    few = np.sort(cosines)[::-1][:_FEW]
    return float(few[0] + few.mean()) if len(few) else -2.0
