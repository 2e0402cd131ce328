"""Puts fitted parts and the searchable rows of one language together to what ranks its topics."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.adapters.local_models.faiss_index import FaissIndex
from servicebot.adapters.local_models.int8_rows import Int8Rows
from servicebot.content.parse_act import NO_ACT
from servicebot.domain.acts import Act
from servicebot.ports.vector_index import VectorIndex
from servicebot.training.fit_acts import ACT_LABELS, SIGNAL_LABELS, ActHeads
from servicebot.training.fitted_files import FittedParts
from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.lexical import build_lexical_index
from servicebot.understanding.read_acts import ActPhrasesIndex, ActReader
from servicebot.understanding.recognize import ActsOfTexts, Recognizer
from servicebot.understanding.retrieve_answer import TopicSearch, to_grid

# Measured on phrases that were left out: what a near phrase adds to the regression, in log odds.
_NEAR_IN_A_STATE: Final = 5.0
_NEAR_ANY_TIME: Final = 10.0

IndexFactory = Callable[[NDArray[np.float32]], VectorIndex]


def assemble_recognizer(
    rows: KnownRows,
    parts: FittedParts,
    *,
    named: Collection[str] = (),
    tasks: frozenset[str] = frozenset(),
    index_factory: IndexFactory = FaissIndex,
) -> Recognizer:
    """Puts fitted parts and the searchable rows together.

    Args:
        rows: The phrases of one language.
        parts: What was fitted to them.
        named: The intents whose phrases do an act too.
        tasks: The intents that begin a task.
        index_factory: Builds the index of the phrases.
    """
    search = TopicSearch(
        row_topics=rows.row_topics,
        topic_starts=rows.topic_starts,
        index=index_factory(to_grid(rows.vectors)),
        words=build_lexical_index([pieces.grams for pieces in rows.pieces]),
        sounds=build_lexical_index([pieces.pinyin for pieces in rows.pieces]),
    )
    heads = parts.acts
    return Recognizer(
        topics=rows.topics,
        search=search,
        head=parts.head,
        confidence=parts.confidence,
        taught=_taught(rows),
        tasks=tasks,
        doing=None if heads is None else _doing(heads, rows, named),
    )


def _doing(heads: ActHeads, rows: KnownRows, named: Collection[str]) -> ActsOfTexts:
    """What reads the acts; `named` are the intents whose phrases do an act too."""
    present, row_acts = np.unique(heads.labels, return_inverse=True)
    index = ActPhrasesIndex(
        acts=tuple(Act(ACT_LABELS[label]) for label in present.tolist()),
        row_acts=row_acts.astype(np.int64),
        index=Int8Rows(to_grid(heads.vectors)),
    )
    return ActsOfTexts(
        in_a_state=_reader(ACT_LABELS, heads.acts, _NEAR_IN_A_STATE),
        any_time=_reader(SIGNAL_LABELS, heads.signals, _NEAR_ANY_TIME),
        index=index,
        topics=np.array([topic.id in named for topic in rows.topics]),
    )


def _reader(labels: Sequence[str], head: IntentHead, weight: float) -> ActReader:
    acts = tuple(None if label == NO_ACT else Act(label) for label in labels)
    return ActReader(labels=acts, head=head, weight=weight)


def _taught(rows: KnownRows) -> dict[str, int]:
    """The topic of every phrase that only one topic has."""
    owners: dict[str, set[int]] = {}
    for text, topic in zip(rows.texts, rows.row_topics, strict=True):
        owners.setdefault(text, set()).add(int(topic))
    return {text: next(iter(topics)) for text, topics in owners.items() if len(topics) == 1}
