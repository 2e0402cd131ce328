"""What words do, apart from their topic: agree, refuse, ask for a person, speak of danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.acts import Act
from servicebot.domain.understanding import ActChance
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.confidence import share_out
from servicebot.understanding.features import Pieces
from servicebot.understanding.retrieve_answer import GRID

_SHOWN: Final = 5
_ROUNDED_TO: Final = 6
# How near: the nearest phrase, and the mean of so many.
_FEW: Final = 5


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
    """The phrases of the acts, few enough to be compared with one by one.

    Attributes:
        acts: Sorted by name.
        starts: int64 [acts], the first row of each; every act has a row.
        vectors: float32 [rows, dimension], on the grid of whole numbers, so that sums are exact.
    """

    acts: tuple[Act, ...]
    starts: NDArray[np.int64]
    vectors: NDArray[np.float32]

    def nearness(self, vector: NDArray[np.float32], topic_cosines: NDArray[np.float64]) -> Nearness:
        """How near everything is to a vector on the grid.

        Args:
            vector: float32 [dimension].
            topic_cosines: float64, of the nearest rows of topics that do nothing.
        """
        products = self.vectors @ vector
        ends = (*self.starts[1:].tolist(), len(products))
        groups = zip(self.starts.tolist(), ends, strict=True)
        return Nearness(
            acts=np.array([_near(_few(products[a:b]) / (GRID * GRID)) for a, b in groups]),
            topics=_near(_few(topic_cosines)),
        )


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
        pieces: Pieces,
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


def _few(values: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float64]:
    """The highest few values, highest first."""
    few = min(_FEW, len(values))
    highest = np.partition(values, len(values) - few)[len(values) - few :] if few else values
    return np.sort(highest.astype(np.float64))[::-1]


def _near(cosines: NDArray[np.float64]) -> float:
    """The nearest and the mean of the nearest few together; nothing is as far as can be."""
    return float(cosines[0] + cosines.mean()) if len(cosines) else -2.0
