"""The port to what customers have said of answers, counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from servicebot.domain.understanding import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCount:
    """What was said of one edition of an article.

    Attributes:
        article: Its id.
        language: Of the article.
        edition: `Article.edition` of what was sent.
        solved: How often it solved what was asked.
        unsolved: How often it did not.
        newest: When it was rated last, UTC.
    """

    article: str
    language: Language
    edition: str
    solved: int
    unsolved: int
    newest: datetime


class Ratings(Protocol):
    """Reads ratings; the records write them with the receipt of their turn, and erase them with it."""

    async def count(
        self, *, since: datetime | None = None, article: str = ""
    ) -> tuple[RatingCount, ...]:
        """By article, language and edition; of all that are kept, from an instant on, or of one.

        Raises:
            UnavailableError: The store does not answer.
        """
