"""Every phrase the content teaches, with the topic it means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from servicebot.content.article import OtherTopic
from servicebot.content.content import Content
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.understanding.normalize import (
    SynonymTable,
    build_synonym_tables,
    normalize,
    without_end_marks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """One phrase, normalized, and what it means."""

    text: str
    language: Language
    topic: Topic


def collect_phrasings(content: Content) -> tuple[Phrasing, ...]:
    """All phrases to learn from, sorted by language, topic and text, without repetitions.

    A phrase that looks alike but belongs elsewhere counts for the topic it belongs to, which makes
    it a negative for the topic in whose file it stands. Held-out phrases are left out even where
    another file teaches them.
    """
    synonyms = build_synonym_tables(content.synonyms)
    held_out = {(item.language, item.text) for item in collect_held_out(content)}
    found = {
        phrasing
        for phrasing in _taught(content, synonyms)
        if phrasing.text and (phrasing.language, phrasing.text) not in held_out
    }
    return tuple(sorted(found, key=_order))


def collect_held_out(content: Content) -> tuple[Phrasing, ...]:
    """All held-out phrases: never learnt from, asked by tests and when thresholds are set."""
    synonyms = build_synonym_tables(content.synonyms)
    found = {
        Phrasing(text=_plain(text, synonyms[language]), language=language, topic=topic)
        for language, topic, texts in _held_out(content)
        for text in texts
    }
    return tuple(sorted((item for item in found if item.text), key=_order))


def sets_thresholds(phrase: Phrasing) -> bool:
    """Whether a held-out phrase is one of the half that thresholds are set with.

    Decided by the text alone. The other half is only ever asked, so its figures are honest.
    """
    return crc32(phrase.text.encode()) % 2 == 0


def clean(text: str, synonyms: SynonymTable) -> str:
    """The spelling that is learnt and asked: normalized, then synonyms written as their term."""
    return synonyms.replace(normalize(text, keep_signs=True))


def _plain(text: str, synonyms: SynonymTable) -> str:
    """A phrase as its topic is told: without punctuation at the end."""
    return without_end_marks(clean(text, synonyms))


def _order(phrasing: Phrasing) -> tuple[str, str, str, str]:
    topic = phrasing.topic
    return phrasing.language.value, topic.id, topic.kind.value, phrasing.text


def _held_out(content: Content) -> Iterator[tuple[Language, Topic, tuple[str, ...]]]:
    for intent in content.intents.values():
        yield intent.language, Topic(kind=TopicKind.INTENT, id=intent.id), intent.held_out
    for article in content.articles.values():
        yield article.language, Topic(kind=TopicKind.ARTICLE, id=article.id), article.held_out


def _taught(content: Content, synonyms: Mapping[Language, SynonymTable]) -> Iterator[Phrasing]:
    kinds = _kinds(content)
    for language, topic, texts, others in _sources(content):
        for text in texts:
            yield Phrasing(text=_plain(text, synonyms[language]), language=language, topic=topic)
        for other in others:
            if kind := kinds.get(other.topic_id):
                yield Phrasing(
                    text=_plain(other.phrase, synonyms[language]),
                    language=language,
                    topic=Topic(kind=kind, id=other.topic_id),
                )


def _sources(
    content: Content,
) -> Iterator[tuple[Language, Topic, tuple[str, ...], tuple[OtherTopic, ...]]]:
    for intent in content.intents.values():
        topic = Topic(kind=TopicKind.INTENT, id=intent.id)
        yield intent.language, topic, intent.examples, intent.close_but_other
    for article in content.articles.values():
        topic = Topic(kind=TopicKind.ARTICLE, id=article.id)
        yield article.language, topic, (article.title, *article.asked_as), article.not_for


def _kinds(content: Content) -> dict[str, TopicKind]:
    kinds = {article_id: TopicKind.ARTICLE for article_id, _ in content.articles}
    return kinds | {intent_id: TopicKind.INTENT for intent_id, _ in content.intents}
