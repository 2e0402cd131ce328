"""Whether an answer solved what was asked: said once, by the conversation whose answer it was."""

from dataclasses import dataclass
from datetime import datetime

from servicebot.domain.understanding import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RatableAnswer:
    """An answer out of an article, as long as something may be said of it.

    Attributes:
        message_id: The message that it answered.
        article: Its id.
        edition: The edition of the article, `Article.edition`.
        language: Of the article.
        turn: The turn in which it was given.
        next: Ids of the topics that the question might have meant too, likeliest first.
        rated: Whether something was said of it; it is not said twice.
    """

    message_id: str
    article: str
    edition: str
    language: Language
    turn: int
    next: tuple[str, ...] = ()
    rated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a customer has said of an answer.

    Attributes:
        message_id: The message that was answered.
        article: What it was answered with.
        edition: The edition of the article that was sent, `Article.edition`.
        language: Of the article.
        solved: Whether it solved what was asked.
        at: When that was said, UTC.
    """

    message_id: str
    article: str
    edition: str
    language: Language
    solved: bool
    at: datetime
