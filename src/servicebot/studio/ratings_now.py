"""Ratings of articles as they serve now: what was said of words that were changed is past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from servicebot.content.content import Content
from servicebot.domain.understanding import Language
from servicebot.ports.ratings import RatingCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How often an answer solved what was asked, and how often it did not."""

    solved: int = 0
    unsolved: int = 0


def ratings_now(
    counts: Iterable[RatingCount], live: Content | None
) -> Mapping[tuple[str, Language], Rated]:
    """By article and language, those of the edition that serves."""
    articles = live.articles if live is not None else {}
    return {
        (one.article, one.language): Rated(solved=one.solved, unsolved=one.unsolved)
        for one in counts
        if (article := articles.get((one.article, one.language))) is not None
        and article.edition == one.edition
    }
