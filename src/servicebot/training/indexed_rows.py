"""The phrases of one language in the form in which they are searched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicebot.adapters.local_models.faiss_index import pack_rows
from servicebot.domain.understanding import Topic
from servicebot.training.known_rows import KnownRows
from servicebot.understanding.lexical import LexicalIndex, build_lexical_index
from servicebot.understanding.retrieve_answer import to_grid
from servicebot.understanding.taught_phrases import TaughtPhrases, build_taught_phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedRows:
    """All that a search needs, as arrays that a file can hold; the texts are not among them.

    Attributes:
        topics: Sorted by id and kind.
        row_topics: int64 [rows], the topic number of each phrase, ascending.
        vectors: uint8, the vectors of the phrases as `FaissIndex` searches them.
        words: Over grams.
        sounds: Over pinyin.
        taught: The phrases that only one topic has.
    """

    topics: tuple[Topic, ...]
    row_topics: NDArray[np.int64]
    vectors: NDArray[np.uint8]
    words: LexicalIndex
    sounds: LexicalIndex
    taught: TaughtPhrases


def index_rows(rows: KnownRows) -> IndexedRows:
    """Indexes phrases by vector, by words and by sound."""
    return IndexedRows(
        topics=rows.topics,
        row_topics=rows.row_topics,
        vectors=pack_rows(to_grid(rows.vectors)),
        words=build_lexical_index([pieces.grams for pieces in rows.pieces]),
        sounds=build_lexical_index([pieces.pinyin for pieces in rows.pieces]),
        taught=build_taught_phrases(_owned_by_one(rows)),
    )


def _owned_by_one(rows: KnownRows) -> dict[str, int]:
    """The topic of every phrase that only one topic has."""
    owners: dict[str, set[int]] = {}
    for text, topic in zip(rows.texts, rows.row_topics, strict=True):
        owners.setdefault(text, set()).add(int(topic))
    return {text: next(iter(topics)) for text, topics in owners.items() if len(topics) == 1}
