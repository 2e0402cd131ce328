"""Topics with fewer phrases than `knowledge_base/README.md` and `intents/README.md` ask for."""

from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place
from servicebot.content.rules.finding import Args, Finding, find

ARTICLE_PHRASES: Final = 25
ARTICLE_HELD_OUT: Final = 4
INTENT_PHRASES: Final = 20
INTENT_HELD_OUT: Final = 5


def thin_topics(content: Content) -> Iterator[Finding]:
    """Works, but is heard less well than others, and is hardly tested."""
    for article in content.articles.values():
        counts = (
            ("thin-taught", "asked_as", len(article.asked_as), ARTICLE_PHRASES),
            ("thin-held-out", "held_out", len(article.held_out), ARTICLE_HELD_OUT),
        )
        yield from _thin(article.path, article.line, counts)
    for intent in content.intents.values():
        counts = (
            ("thin-taught", "examples", len(intent.examples), INTENT_PHRASES),
            ("thin-held-out", "held_out", len(intent.held_out), INTENT_HELD_OUT),
        )
        yield from _thin(intent.path, intent.id.partition(".")[0], counts)


def _thin(path: str, line: str, counts: tuple[tuple[str, str, int, int], ...]) -> Iterator[Finding]:
    for rule, field, count, wanted in counts:
        if count < wanted:
            args: Args = {"field": field, "count": count, "wanted": wanted, "line": line}
            yield find(path, rule, Place(key=field), **args)
