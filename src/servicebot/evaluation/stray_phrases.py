"""Phrases that are nearer to another topic than to their own, by the encoder.

A phrase is compared with every other taught phrase of its language. It strays where the nearest one
of another topic is close, the nearest one of its own topic is not, and others near it are of that
other topic too: one odd neighbour is no sign.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.content.check import locate
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles
from servicebot.content.place import Place, Spot
from servicebot.content.rules.finding import Finding, find
from servicebot.content.rules.texts import Phrase, phrases
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language
from servicebot.ports.encoder import Encoder
from servicebot.understanding.normalize import build_synonym_tables, without_end_marks
from servicebot.understanding.phrasings import clean

# Cosines. Measured on the landed content and on phrases moved between its topics; see
# tests/evaluation/test_stray_phrases.py.
CLOSE: Final = 0.8
AHEAD: Final = 0.12
_NEIGHBOURS: Final = 5
_AGREE: Final = 3
_TAUGHT: Final = frozenset({"asked_as", "examples"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    phrases: Sequence[Phrase]
    topics: NDArray[np.int64]
    vectors: NDArray[np.float32]


def stray_phrases(
    content: Content, files: ContentFiles, encoder: Encoder
) -> tuple[ContentFault, ...]:
    """The strays of every language, by file and line.

    Args:
        content: As loaded from `files`.
        files: To find the lines.
        encoder: One that remembers what it has encoded makes it a matter of seconds.
    """
    found = [one for language in Language for one in _strays(_rows(content, language, encoder))]
    faults = [locate(files, finding) for finding in found]
    return tuple(sorted(faults, key=lambda fault: (fault.path, fault.line)))


def _rows(content: Content, language: Language, encoder: Encoder) -> _Rows:
    synonyms = build_synonym_tables(content.synonyms)[language]
    # Small talk and what is no business lies near everything, and is told apart in other ways.
    talk = {one.id for one in content.intents.values() if not one.offered}
    kept = [
        one
        for one in phrases(content, acts=False)
        if one.language is language and one.key in _TAUGHT and one.topic not in talk
    ]
    kept.sort(key=lambda one: one.topic)
    texts = [without_end_marks(clean(one.words, synonyms)) for one in kept]
    numbers = {topic: number for number, topic in enumerate(sorted({one.topic for one in kept}))}
    return _Rows(
        phrases=kept,
        topics=np.array([numbers[one.topic] for one in kept], dtype=np.int64),
        vectors=encoder.encode(texts),
    )


def _strays(rows: _Rows) -> Iterator[Finding]:
    """Topic by topic: its phrases stand together, so that own and other neighbours are slices."""
    edges = np.flatnonzero(np.diff(rows.topics, prepend=-1, append=-1))
    for first, behind in pairwise(edges.tolist()):
        near = rows.vectors[first:behind] @ rows.vectors.T
        np.fill_diagonal(near[:, first:behind], -1.0)  # no phrase is its own neighbour
        to_own = near[:, first:behind].max(axis=1)
        before = near[:, :first].max(axis=1, initial=-1.0)
        other = np.maximum(before, near[:, behind:].max(axis=1, initial=-1.0))
        for at in np.flatnonzero((other >= CLOSE) & (other - to_own >= AHEAD)):
            finding = _stray(rows, int(at) + first, near[at])
            if finding is not None:
                yield finding


def _stray(rows: _Rows, at: int, near: NDArray[np.float32]) -> Finding | None:
    """The finding where most neighbours are of one other topic."""
    likely = np.argpartition(-near, min(_NEIGHBOURS, len(near) - 1))[:_NEIGHBOURS]
    nearest = likely[np.argsort(-near[likely])]
    counts = Counter(rows.phrases[one].topic for one in nearest)
    topic, count = counts.most_common(1)[0]
    one = rows.phrases[at]
    if count < _AGREE or topic == one.topic:
        return None
    closest = next(rows.phrases[i] for i in nearest if rows.phrases[i].topic == topic)
    spot = Spot(closest.path, Place(key=closest.key, words=closest.words))
    args = {"phrase": one.words, "other": topic, "near": closest.words, "first": spot}
    return find(one.path, "stray-phrase", one.place, **args)
