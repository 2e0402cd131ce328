"""What was answered out of articles is kept for a while, so that the customer can rate it."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import line_of, topic_of, usable
from servicebot.dialogue.answer_topic import offerable
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import SayArticle
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.rating import RatableAnswer
from servicebot.domain.understanding import Topic, TopicKind, Understanding

_MOST_NEXT: Final = 3


def remember_answers(turn: TurnView, decision: Decision, content: Content) -> Decision:
    """The decision, with the answers that it gives kept; details under an answer are no new one."""
    given = [one for one in decision.says if isinstance(one, SayArticle) and not one.more]
    if not given:
        return decision
    after = decision.conversation
    answers = tuple(
        RatableAnswer(
            message_id=turn.message_id,
            article=one.article_id,
            edition=content.articles[one.article_id, after.language].edition,
            language=after.language,
            turn=turn.conversation.turns,
            next=_next(one.article_id, turn, content),
        )
        for one in given
    )
    return replace(decision, conversation=after.with_answers(answers))


def _next(article_id: str, turn: TurnView, content: Content) -> tuple[str, ...]:
    """What else may be meant: what was offered beside it, then what ranked behind it.

    Of an answer about one product, what ranked for another is none; nor is the same question.
    """
    offered = [one.id for one in turn.conversation.offered]
    ranked = _ranked(turn.heard, turn, content) if turn.heard is not None else []
    said, elsewhere = (
        _asks(topic_of(article_id), turn, content),
        _other_products(article_id, content),
    )
    near = [
        *(offered if article_id in offered else []),
        *(one for one in ranked if line_of(topic_of(one)) not in elsewhere),
    ]
    others = [one for one in near if _asks(topic_of(one), turn, content) != said]
    return tuple(dict.fromkeys(others))[:_MOST_NEXT]


def _other_products(article_id: str, content: Content) -> frozenset[str]:
    line = line_of(topic_of(article_id))
    return content.product_lines - {line} if line in content.product_lines else frozenset()


def _ranked(heard: Heard, turn: TurnView, content: Content) -> list[str]:
    leaning = heard.leaning.words if heard.leaning is not None else None
    words: Understanding = heard.about or leaning or heard.rest or heard.whole
    ranking = usable(words, content, turn.conversation.language, turn.today)
    return [one.topic.id for one in offerable(ranking, content)]


def _asks(topic: Topic, turn: TurnView, content: Content) -> str:
    """The question that a topic answers, without its product; of an intent, the intent."""
    article = content.articles.get((topic.id, turn.conversation.language))
    return article.asks if topic.kind is TopicKind.ARTICLE and article is not None else topic.id
