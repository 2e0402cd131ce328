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

_SHOWN: Final = 5
_ROUNDED_TO: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ActReader:
    """Logistic regression over the acts and none of them, from the vector and the pieces.

    Attributes:
        labels: The act of each column; None for the column of everything else.
        head: Scores the columns.
    """

    labels: Sequence[Act | None]
    head: IntentHead

    def read(self, vector: NDArray[np.float32], pieces: Pieces) -> tuple[ActChance, ...]:
        """The likeliest acts, best first; ties by name."""
        shares = np.round(share_out(self.head.score(vector, pieces)), _ROUNDED_TO)
        order = np.argsort(-shares, kind="stable")
        found = ((self.labels[place], float(shares[place])) for place in order)
        named = [ActChance(act=act, probability=share) for act, share in found if act is not None]
        return tuple(named[:_SHOWN])
