"""What the turn before was about, as far as the next words may lean on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import intent_of, label_of, twins_of
from servicebot.domain.conversation import Conversation
from servicebot.domain.understanding import Language, Topic, TopicKind

_QUESTIONS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the turn before was about.

    Attributes:
        topic: Its topic.
        questions: How the topic is asked about, its title first.
        product: Its product; empty where it was about none.
        terms: How the products are named, by product.
        twins: By product, the topic that answers the same question about it.
        content: The approved content.
    """

    topic: Topic
    questions: tuple[str, ...]
    product: str
    terms: Mapping[str, str]
    twins: Mapping[str, Topic]
    content: Content


def background_of(
    conversation: Conversation, language: Language, content: Content, today: date
) -> Background | None:
    """What a message may lean on; None at the beginning and in the middle of a task.

    Nothing leans on what leans on nothing itself: after a chat was linked, `那...` is about no link.
    """
    topic = conversation.last_topic
    if topic is None or conversation.task is not None:
        return None
    known = content.articles if topic.kind is TopicKind.ARTICLE else content.intents
    if (topic.id, language) not in known:
        return None
    intent = intent_of(topic, content)
    if intent is not None and intent.stands_alone:
        return None
    terms = {p: content.replies[f"product_{p}", language].text for p in content.product_lines}
    return Background(
        topic=topic,
        questions=_questions(topic, language, content),
        product=conversation.last_product,
        terms=terms,
        twins=_twins(topic, language, content, today),
        content=content,
    )


def _twins(topic: Topic, language: Language, content: Content, today: date) -> Mapping[str, Topic]:
    article = content.articles.get((topic.id, language))
    if article is None:
        return {}
    twins = twins_of(article, content, today)
    return {line: Topic(kind=TopicKind.ARTICLE, id=twin.id) for line, twin in twins.items()}


def _questions(topic: Topic, language: Language, content: Content) -> tuple[str, ...]:
    title = label_of(topic, content, language)
    if topic.kind is TopicKind.INTENT:
        return (title,)
    briefest = sorted(content.articles[topic.id, language].asked_as, key=lambda t: (len(t), t))
    return (title, *briefest[: _QUESTIONS - 1])
