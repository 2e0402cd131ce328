"""Puts the fitted parts of one language together to what ranks its topics."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from servicebot.adapters.local_models.faiss_index import FaissIndex
from servicebot.adapters.local_models.int8_rows import Int8Rows
from servicebot.content.parse_act import NO_ACT
from servicebot.domain.acts import Act
from servicebot.domain.understanding import Topic
from servicebot.training.act_heads import ACT_LABELS, SIGNAL_LABELS, ActHeads
from servicebot.training.fitted_parts import FittedParts
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.read_acts import ActPhrasesIndex, ActReader
from servicebot.understanding.recognize import ActsOfTexts, Recognizer
from servicebot.understanding.retrieve_answer import TopicSearch

# Measured on phrases that were left out: what a near phrase adds to the regression, in log odds.
_NEAR_IN_A_STATE: Final = 5.0
_NEAR_ANY_TIME: Final = 10.0


def assemble_recognizer(
    parts: FittedParts,
    *,
    named: Collection[str] = (),
    tasks: frozenset[str] = frozenset(),
) -> Recognizer:
    """Puts what was fitted together; nothing of it is copied.

    Args:
        parts: The phrases of one language and what was fitted to them.
        named: The intents whose phrases do an act too.
        tasks: The intents that begin a task.

    Raises:
        ValueError: The index of the phrases cannot be read.
    """
    rows, heads = parts.rows, parts.acts
    numbers = np.arange(len(rows.topics))
    search = TopicSearch(
        row_topics=rows.row_topics,
        topic_starts=np.searchsorted(rows.row_topics, numbers).astype(np.int64),
        index=FaissIndex(rows.vectors),
        words=rows.words,
        sounds=rows.sounds,
    )
    return Recognizer(
        topics=rows.topics,
        search=search,
        head=parts.head,
        confidence=parts.confidence,
        taught=rows.taught,
        tasks=tasks,
        doing=None if heads is None else _doing(heads, rows.topics, named),
    )


def _doing(heads: ActHeads, topics: Sequence[Topic], named: Collection[str]) -> ActsOfTexts:
    """What reads the acts; `named` are the intents whose phrases do an act too."""
    present, row_acts = np.unique(heads.labels, return_inverse=True)
    index = ActPhrasesIndex(
        acts=tuple(Act(ACT_LABELS[label]) for label in present.tolist()),
        row_acts=row_acts.astype(np.int64),
        index=Int8Rows(heads.vectors),
    )
    return ActsOfTexts(
        in_a_state=_reader(ACT_LABELS, heads.acts, _NEAR_IN_A_STATE),
        any_time=_reader(SIGNAL_LABELS, heads.signals, _NEAR_ANY_TIME),
        index=index,
        topics=np.array([topic.id in named for topic in topics]),
    )


def _reader(labels: Sequence[str], head: IntentHead, weight: float) -> ActReader:
    acts = tuple(None if label == NO_ACT else Act(label) for label in labels)
    return ActReader(labels=acts, head=head, weight=weight)
