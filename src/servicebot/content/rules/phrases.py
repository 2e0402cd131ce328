"""No phrase teaches two topics, and what is held out is never taught."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.rules.finding import Finding, squeeze
from servicebot.domain.understanding import Language

LEAST_PHRASES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taught:
    topic: str
    path: str
    taught: tuple[str, ...]
    held_out: tuple[str, ...]


def doubled_phrases(content: Content) -> Iterator[Finding]:
    """A phrase that is taught twice, or taught and held out."""
    for language in Language:
        owners: dict[str, _Taught] = {}
        topics = list(_topics(content, language))
        for topic in topics:
            for phrase in topic.taught:
                first = owners.setdefault(squeeze(phrase), topic)
                if first is not topic:
                    yield _doubled(topic, phrase, first)
        for topic in topics:
            for phrase in topic.held_out:
                if squeeze(phrase) in owners:
                    yield _held_out(topic, phrase, owners[squeeze(phrase)])


def enough_phrases(content: Content) -> Iterator[Finding]:
    """A topic that nobody could recognise."""
    for language in Language:
        for topic in _topics(content, language):
            if len(topic.taught) < LEAST_PHRASES:
                message = (
                    f"`{topic.topic}` has {len(topic.taught)} phrases; write at least"
                    f" {LEAST_PHRASES} ways customers say it."
                )
                yield Finding(path=topic.path, rule="few-phrases", message=message)


def _topics(content: Content, language: Language) -> Iterator[_Taught]:
    for (name, spoken), article in content.articles.items():
        if spoken is language:
            yield _Taught(
                topic=name, path=article.path, taught=article.asked_as, held_out=article.held_out
            )
    for (name, spoken), intent in content.intents.items():
        if spoken is language:
            yield _Taught(
                topic=name, path=intent.path, taught=intent.examples, held_out=intent.held_out
            )


def _doubled(topic: _Taught, phrase: str, first: _Taught) -> Finding:
    message = f"`{phrase}` already stands in {first.path}. Keep it where it belongs."
    return Finding(path=topic.path, rule="doubled-phrase", message=message, near=phrase)


def _held_out(topic: _Taught, phrase: str, owner: _Taught) -> Finding:
    message = f"`{phrase}` is held out here and taught in {owner.path}. Write it another way."
    return Finding(path=topic.path, rule="held-out-taught", message=message, near=phrase)
