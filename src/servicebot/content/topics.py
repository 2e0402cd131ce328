"""Which topics may be used today, and what a topic leads to."""

from datetime import date
from typing import Final

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.domain.understanding import (
    Language,
    RankedTopic,
    Topic,
    TopicKind,
    Understanding,
)

PRODUCT_LINES: Final = frozenset(
    {"weilidai", "weiyedai", "weichedai", "weiludai", "weizhuangdai", "caifudai"}
)


def line_of(topic: Topic) -> str:
    """The bank's line an article is about; an intent is about none."""
    return topic.id.partition("/")[0] if topic.kind is TopicKind.ARTICLE else ""


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
