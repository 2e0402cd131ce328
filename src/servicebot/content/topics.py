"""Which topics may be used today, and what a topic leads to."""

from datetime import date

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, Role
from servicebot.domain.understanding import (
    Language,
    RankedTopic,
    Topic,
    TopicKind,
    Understanding,
)


def line_of(topic: Topic) -> str:
    """The bank's line an article is about; an intent is about none."""
    return topic.id.partition("/")[0] if topic.kind is TopicKind.ARTICLE else ""


def intent_of(topic: Topic, content: Content) -> Intent | None:
    """The intent behind a topic; what the dialogue asks of it is the same in every language."""
    return content.intent_by_id.get(topic.id)


def is_offered(topic: Topic, content: Content) -> bool:
    """Whether a topic may be named as a choice: business, not small talk."""
    intent = intent_of(topic, content)
    return intent is None or intent.offered


def plays(topic: Topic, role: Role, content: Content) -> bool:
    """Whether a topic has the role."""
    intent = intent_of(topic, content)
    return intent is not None and intent.role is role


def topics_of(role: Role, content: Content) -> tuple[Topic, ...]:
    """The topics with a role; the content check sees to it that there is one."""
    ids = dict.fromkeys(name for (name, _), i in content.intents.items() if i.role is role)
    return tuple(Topic(kind=TopicKind.INTENT, id=name) for name in ids)


def usable(
    understanding: Understanding, content: Content, language: Language, today: date
) -> tuple[RankedTopic, ...]:
    """The ranking without articles that are outside their days or missing in the language."""
    return tuple(r for r in understanding.ranking if _usable(r, content, language, today))


def _usable(ranked: RankedTopic, content: Content, language: Language, today: date) -> bool:
    key = ranked.topic.id, language
    if ranked.topic.kind is TopicKind.INTENT:
        return key in content.intents
    article = content.articles.get(key)
    return article is not None and in_force(article, today)


def in_force(article: Article, today: date) -> bool:
    """Whether the bank answers for an article on this day."""
    return article.valid_from <= today <= article.valid_to


def label_of(topic: Topic, content: Content, language: Language) -> str:
    """How a topic is named to the customer."""
    if topic.kind is TopicKind.ARTICLE:
        return content.articles[topic.id, language].title
    return content.replies[f"intent_{topic.id.replace('.', '_')}", language].text


def topic_of(name: str) -> Topic:
    """The topic of an article's or an intent's id: only articles have a line in front."""
    return Topic(kind=TopicKind.ARTICLE if "/" in name else TopicKind.INTENT, id=name)


def twins_of(article: Article, content: Content, today: date) -> dict[str, Article]:
    """By product line, the articles in force that answer the same question, this one among them."""
    twins = content.same_questions.get((article.asks, article.language), ())
    return {one.line: one for one in twins if in_force(one, today)}
