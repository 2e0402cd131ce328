"""Fits the head of the acts: the phrases of each act against everything else that is taught."""

from collections.abc import Iterator, Mapping
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from servicebot.content.content import Content
from servicebot.content.parse_act import NO_ACT
from servicebot.content.topics import intent_of
from servicebot.domain.acts import Act
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.ports.encoder import Encoder
from servicebot.training.act_heads import (
    ACT_LABELS,
    SIGNAL_LABELS,
    ActHeads,
    Labels,
    same_as,
)
from servicebot.training.fit_head import HeadShape, prepare_head
from servicebot.training.known_rows import KnownRows
from servicebot.understanding.features import cut_pieces
from servicebot.understanding.normalize import build_synonym_tables
from servicebot.understanding.phrasings import clean
from servicebot.understanding.retrieve_answer import to_grid

# What words do in some state is told from so many of the phrases that do nothing: at a question
# hardly anybody talks of other business, but many say thanks. What is heard in any state is told
# from all of them.
_ASIDE: Final = 0.02
_SMALL_TALK: Final = 0.2
_PARTS: Final = 1000
# What words do lies in small words: the pieces weigh more than for topics.
_SHAPE: Final = HeadShape(buckets=32_768, shares=(1.2, 0.6, 0.45), penalty=0.2)


def fit_acts(
    content: Content,
    language: Language,
    rows: KnownRows,
    encoder: Encoder,
    before: ActHeads | None = None,
) -> ActHeads | None:
    """Fits both heads; None where the content teaches no act in the language.

    Args:
        content: Its act files, and the intents that do an act too.
        language: Of the rows.
        rows: The phrases of the topics, encoded: they do nothing, but for those an act names.
        encoder: Encodes the acts' phrases.
        before: Those of a fit to nearly the same phrases, to begin from.
    """
    if not any(spoken is language for _, spoken in content.acts):
        return None
    labelled = act_rows(content, language, rows, encoder)
    talk = _small_talk(content, rows)
    aside = [
        ACT_LABELS[label] != NO_ACT
        or crc32(text.encode()) % _PARTS < (_SMALL_TALK if text in talk else _ASIDE) * _PARTS
        for text, label in zip(labelled.texts, labelled.row_topics, strict=True)
    ]
    doing = labelled.row_topics != ACT_LABELS.index(NO_ACT)
    return ActHeads(
        vectors=to_grid(labelled.vectors[doing]).astype(np.int8),
        labels=labelled.row_topics[doing],
        acts=prepare_head(_chosen(labelled, np.flatnonzero(aside), ACT_LABELS), _SHAPE).head(
            start=None if before is None else before.acts
        ),
        signals=prepare_head(
            _chosen(labelled, np.arange(len(labelled.texts)), SIGNAL_LABELS), _SHAPE
        ).head(start=None if before is None else before.signals),
    )


def _small_talk(content: Content, rows: KnownRows) -> frozenset[str]:
    """The phrases of intents that are no business."""
    idle = [intent_of(topic, content) for topic in rows.topics]
    return frozenset(
        text
        for text, topic in zip(rows.texts, rows.row_topics, strict=True)
        if (intent := idle[topic]) is not None and not intent.offered
    )


def act_rows(content: Content, language: Language, rows: KnownRows, encoder: Encoder) -> KnownRows:
    """All rows with their label of `ACT_LABELS`."""
    phrases = taught_acts(content, language)
    asked = held_out_acts(content, language)
    named = same_as(content, language)
    kept = [
        place for place, text in enumerate(rows.texts) if text not in phrases and text not in asked
    ]
    labels = [named.get(rows.topics[rows.row_topics[p]].id, NO_ACT) for p in kept]
    vectors = encoder.encode(list(phrases))
    everything = KnownRows(
        topics=_topics(ACT_LABELS),
        texts=(*(rows.texts[place] for place in kept), *phrases),
        row_topics=np.array([ACT_LABELS.index(one) for one in (*labels, *phrases.values())]),
        pieces=(*(rows.pieces[place] for place in kept), *(cut_pieces(text) for text in phrases)),
        vectors=np.concatenate((rows.vectors[kept], vectors)),
    )
    return _chosen(everything, np.arange(len(everything.texts)), ACT_LABELS)


def _chosen(rows: KnownRows, places: NDArray[np.int64], labels: Labels) -> KnownRows:
    """Some rows, ordered by label; a label that is none of these counts as no act."""
    found = [ACT_LABELS[rows.row_topics[place]] for place in places]
    numbers = np.array([labels.index(one if one in labels else NO_ACT) for one in found])
    order = np.argsort(numbers, kind="stable")
    ordered = places[order]
    return KnownRows(
        topics=_topics(labels),
        texts=tuple(rows.texts[place] for place in ordered),
        row_topics=numbers[order].astype(np.int64),
        pieces=tuple(rows.pieces[place] for place in ordered),
        vectors=rows.vectors[ordered],
    )


def _topics(labels: Labels) -> tuple[Topic, ...]:
    return tuple(Topic(kind=TopicKind.ACT, id=label) for label in labels)


def taught_acts(content: Content, language: Language) -> Mapping[str, str]:
    """The label of every phrase that an act file teaches, sorted by phrase."""
    held_out = held_out_acts(content, language)
    found = {text: label for text, label in _taught(content, language) if text not in held_out}
    return dict(sorted(found.items()))


def held_out_acts(content: Content, language: Language) -> Mapping[str, Act | None]:
    """The act of every held-out phrase, normalized, sorted by phrase."""
    synonyms = build_synonym_tables(content.synonyms)[language]
    files = [one for (_, spoken), one in content.acts.items() if spoken is language]
    found = {clean(text, synonyms): one.act for one in files for text in one.exam}
    return dict(sorted(found.items()))


def _taught(content: Content, language: Language) -> Iterator[tuple[str, str]]:
    synonyms = build_synonym_tables(content.synonyms)[language]
    for (act, spoken), phrases in content.acts.items():
        if spoken is language:
            for other in phrases.not_this:
                yield clean(other.phrase, synonyms), other.topic_id
            for text in phrases.examples:
                yield clean(text, synonyms), act or NO_ACT
