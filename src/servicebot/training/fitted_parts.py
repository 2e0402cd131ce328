"""What the fit of one language found, and the same as arrays that a file can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from servicebot.domain.costs import Costs
from servicebot.domain.understanding import Topic, TopicKind
from servicebot.training.act_heads import ActHeads
from servicebot.training.indexed_rows import IndexedRows
from servicebot.training.strangers import Strangers
from servicebot.understanding.classify_intent import IntentHead, PieceVocabulary
from servicebot.understanding.confidence import Confidence, Threshold
from servicebot.understanding.lexical import LexicalIndex
from servicebot.understanding.taught_phrases import TaughtPhrases

_ACTS: Final = "acts_"
_SIGNALS: Final = "signals_"
_WORDS: Final = "words_"
_SOUNDS: Final = "sounds_"
_STRANGERS: Final = "strangers_"

Arrays = Mapping[str, NDArray[np.generic]]
S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedParts:
    """What the fit of one language found.

    Attributes:
        rows: The phrases, ready to be searched.
        row_keys: int64 [rows], a key of each phrase with its topic.
        head: Over all phrases.
        confidence: From the phrases that were left out in turn.
        acts: The heads of the acts; None where none are taught.
        strangers: Of the exam; None where rows were left out in turn.
    """

    rows: IndexedRows
    row_keys: NDArray[np.int64]
    head: IntentHead
    confidence: Confidence
    acts: ActHeads | None = None
    strangers: Strangers | None = None

    def at(self, costs: Costs) -> "FittedParts":
        """The same parts, deciding by other costs."""
        return replace(self, confidence=replace(self.confidence, costs=costs))


def to_arrays(part: FittedParts) -> Arrays:
    """Every array, by name."""
    return {
        "row_topics": part.rows.row_topics,
        "row_keys": part.row_keys,
        "vectors": part.rows.vectors,
        **_of_lexical(part.rows.words, _WORDS),
        **_of_lexical(part.rows.sounds, _SOUNDS),
        "taught_letters": part.rows.taught.letters,
        "taught_ends": part.rows.taught.ends,
        "taught_topics": part.rows.taught.topics,
        **_of_head(part.head, ""),
        **(_of_acts(part.acts) if part.acts is not None else {}),
        **(_of_strangers(part.strangers) if part.strangers is not None else {}),
        "signal_weights": part.confidence.signal_weights,
        "calibration": part.confidence.calibration,
        "usefulness": part.confidence.usefulness,
    }


def _of_strangers(strangers: Strangers) -> Arrays:
    return {
        f"{_STRANGERS}questions": strangers.questions,
        f"{_STRANGERS}scores": strangers.scores,
    }


def _of_lexical(index: LexicalIndex, prefix: str) -> Arrays:
    return {
        f"{prefix}pieces": index.pieces,
        f"{prefix}idf": index.idf,
        f"{prefix}starts": index.starts,
        f"{prefix}rows": index.rows,
        f"{prefix}weights": index.weights,
    }


def _of_head(head: IntentHead, prefix: str) -> Arrays:
    return {
        f"{prefix}pieces": head.vocabulary.pieces,
        f"{prefix}idf": head.vocabulary.idf,
        f"{prefix}shares": np.array(head.vocabulary.shares),
        f"{prefix}vector_weights": head.vector_weights,
        f"{prefix}piece_weights": head.piece_weights,
        f"{prefix}biases": head.biases,
    }


def _of_acts(heads: ActHeads) -> Arrays:
    return {
        **_of_head(heads.acts, _ACTS),
        **_of_head(heads.signals, _SIGNALS),
        f"{_ACTS}vectors": heads.vectors,
        f"{_ACTS}labels": heads.labels,
    }


def _typed(arrays: Arrays, name: str, kind: type[S]) -> NDArray[S]:
    """One array, as it lies in the file.

    Raises:
        TypeError: It holds numbers of another type: a copy of the right one would be private.
    """
    found = arrays[name]
    if found.dtype != np.dtype(kind):
        raise TypeError(f"`{name}` holds {found.dtype}, not {np.dtype(kind)}")
    return found.view(kind)


def _acts(arrays: Arrays) -> ActHeads:
    return ActHeads(
        acts=_head(arrays, _ACTS),
        signals=_head(arrays, _SIGNALS),
        vectors=_typed(arrays, f"{_ACTS}vectors", np.int8),
        labels=_typed(arrays, f"{_ACTS}labels", np.int64),
    )


def _strangers(arrays: Arrays) -> Strangers:
    return Strangers(
        questions=_typed(arrays, f"{_STRANGERS}questions", np.int64),
        scores=_typed(arrays, f"{_STRANGERS}scores", np.float64),
    )


def _head(arrays: Arrays, prefix: str) -> IntentHead:
    return IntentHead(
        vocabulary=PieceVocabulary(
            pieces=_typed(arrays, f"{prefix}pieces", np.uint32),
            idf=_typed(arrays, f"{prefix}idf", np.float64),
            buckets=len(arrays[f"{prefix}piece_weights"]),
            shares=tuple(_typed(arrays, f"{prefix}shares", np.float64).tolist()),
        ),
        vector_weights=_typed(arrays, f"{prefix}vector_weights", np.float64),
        piece_weights=_typed(arrays, f"{prefix}piece_weights", np.float32),
        biases=_typed(arrays, f"{prefix}biases", np.float64),
    )


def _lexical(arrays: Arrays, prefix: str) -> LexicalIndex:
    return LexicalIndex(
        pieces=_typed(arrays, f"{prefix}pieces", np.uint32),
        idf=_typed(arrays, f"{prefix}idf", np.float64),
        starts=_typed(arrays, f"{prefix}starts", np.int64),
        rows=_typed(arrays, f"{prefix}rows", np.int64),
        weights=_typed(arrays, f"{prefix}weights", np.float64),
        row_count=len(arrays["row_topics"]),
    )


def _rows(arrays: Arrays, topics: list[list[str]]) -> IndexedRows:
    return IndexedRows(
        topics=tuple(Topic(kind=TopicKind(kind), id=name) for kind, name in topics),
        row_topics=_typed(arrays, "row_topics", np.int64),
        vectors=_typed(arrays, "vectors", np.uint8),
        words=_lexical(arrays, _WORDS),
        sounds=_lexical(arrays, _SOUNDS),
        taught=TaughtPhrases(
            letters=_typed(arrays, "taught_letters", np.uint8),
            ends=_typed(arrays, "taught_ends", np.int64),
            topics=_typed(arrays, "taught_topics", np.int64),
        ),
    )


def parts_of(
    arrays: Arrays, topics: list[list[str]], thresholds: list[dict[str, Any]]
) -> FittedParts:
    """The parts of a file's arrays and of its document; nothing is copied.

    Raises:
        KeyError, TypeError, ValueError: The file is of another form.
    """
    answer, ask_back = (
        Threshold(
            probability=float(found["probability"]),
            answered=int(found["answered"]),
            wrong=int(found["wrong"]),
            bound=float(found["bound"]),
            asked=int(found["asked"]),
        )
        for found in thresholds
    )
    return FittedParts(
        rows=_rows(arrays, topics),
        row_keys=_typed(arrays, "row_keys", np.int64),
        head=_head(arrays, ""),
        acts=_acts(arrays) if f"{_ACTS}biases" in arrays else None,
        strangers=_strangers(arrays) if f"{_STRANGERS}scores" in arrays else None,
        confidence=Confidence(
            signal_weights=_typed(arrays, "signal_weights", np.float64),
            calibration=_typed(arrays, "calibration", np.float64),
            usefulness=_typed(arrays, "usefulness", np.float64),
            answer=answer,
            ask_back=ask_back,
        ),
    )
