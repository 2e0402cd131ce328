"""What the fit of the acts finds, and what its columns mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.content.content import Content
from servicebot.content.parse_act import NO_ACT
from servicebot.domain.acts import ANY_TIME, Act
from servicebot.domain.understanding import Language
from servicebot.understanding.classify_intent import IntentHead

Labels = tuple[str, ...]
ACT_LABELS: Final[Labels] = tuple(sorted({NO_ACT, *Act}))
SIGNAL_LABELS: Final[Labels] = tuple(sorted({NO_ACT, *ANY_TIME}))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActHeads:
    """The heads of one language.

    Attributes:
        acts: Over `ACT_LABELS`: what words do in some state.
        signals: Over `SIGNAL_LABELS`: what they do in any state.
        vectors: int8 [phrases, dimension] on the grid of `servicebot.understanding.retrieve_answer`,
            of everything that does an act, ordered by act.
        labels: int64 [phrases], their columns of `ACT_LABELS`.
    """

    acts: IntentHead
    signals: IntentHead
    vectors: NDArray[np.int8]
    labels: NDArray[np.int64]


def same_as(content: Content, language: Language) -> Mapping[str, str]:
    """The act that an intent's examples do too, by the intent's id."""
    files = [one for (_, spoken), one in content.acts.items() if spoken is language]
    return {intent: one.act for one in files for intent in one.same_as if one.act is not None}
