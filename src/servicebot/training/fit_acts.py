"""Fits the head of the acts: the phrases of each act against everything else that is taught."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from servicebot.content.content import Content
from servicebot.content.parse_act import NO_ACT
from servicebot.domain.acts import Act
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.ports.encoder import Encoder
from servicebot.training.fit_head import prepare_head
from servicebot.training.known_rows import KnownRows
from servicebot.understanding.classify_intent import IntentHead
from servicebot.understanding.features import cut_pieces
from servicebot.understanding.normalize import build_synonym_tables
from servicebot.understanding.phrasings import clean

ACT_LABELS: Final[tuple[str, ...]] = tuple(sorted({NO_ACT, *Act}))


def fit_acts(
    content: Content, language: Language, rows: KnownRows, encoder: Encoder
) -> IntentHead | None:
    """The head over `ACT_LABELS`; None where the content teaches no act in the language.

    Args:
        content: Its act files, and the intents that do an act too.
        language: Of the rows.
        rows: The phrases of the topics, encoded: they do nothing, but for those an act names.
        encoder: Encodes the acts' phrases.
    """
    if not any(spoken is language for _, spoken in content.acts):
        return None
    return prepare_head(act_rows(content, language, rows, encoder)).head()


def act_rows(content: Content, language: Language, rows: KnownRows, encoder: Encoder) -> KnownRows:
    """The rows to fit to, ordered by label."""
    phrases = taught_acts(content, language)
    asked = held_out_acts(content, language)
    named = _same_as(content, language)
    kept = [
        place for place, text in enumerate(rows.texts) if text not in phrases and text not in asked
    ]
    labels = [named.get(rows.topics[rows.row_topics[p]].id, NO_ACT) for p in kept]
    texts = [rows.texts[place] for place in kept] + list(phrases)
    numbers = np.array([ACT_LABELS.index(one) for one in (*labels, *phrases.values())])
    order = np.argsort(numbers, kind="stable")
    vectors = np.concatenate((rows.vectors[kept], encoder.encode(list(phrases))))
    pieces = [rows.pieces[place] for place in kept] + [cut_pieces(text) for text in phrases]
    return KnownRows(
        topics=tuple(Topic(kind=TopicKind.ACT, id=label) for label in ACT_LABELS),
        texts=tuple(texts[place] for place in order),
        row_topics=numbers[order].astype(np.int64),
        pieces=tuple(pieces[place] for place in order),
        vectors=vectors[order],
    )


def taught_acts(content: Content, language: Language) -> Mapping[str, str]:
    """The label of every phrase that an act file teaches, sorted by phrase."""
    held_out = held_out_acts(content, language)
    found = {text: label for text, label in _taught(content, language) if text not in held_out}
    return dict(sorted(found.items()))


def held_out_acts(content: Content, language: Language) -> Mapping[str, Act | None]:
    """The act of every held-out phrase, normalized, sorted by phrase."""
    synonyms = build_synonym_tables(content.synonyms)[language]
    files = [one for (_, spoken), one in content.acts.items() if spoken is language]
    found = {clean(text, synonyms): one.act for one in files for text in one.held_out}
    return dict(sorted(found.items()))


def _taught(content: Content, language: Language) -> Iterator[tuple[str, str]]:
    synonyms = build_synonym_tables(content.synonyms)[language]
    for (act, spoken), phrases in content.acts.items():
        if spoken is language:
            for other in phrases.not_this:
                yield clean(other.phrase, synonyms), other.topic_id
            for text in phrases.examples:
                yield clean(text, synonyms), act or NO_ACT


def _same_as(content: Content, language: Language) -> Mapping[str, str]:
    files = [one for (_, spoken), one in content.acts.items() if spoken is language]
    return {intent: one.act for one in files for intent in one.same_as if one.act is not None}
