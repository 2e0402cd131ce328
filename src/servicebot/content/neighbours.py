"""Which files teach which phrases, so that a file can be checked beside those it may touch alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.rules.finding import squeeze
from servicebot.content.rules.texts import article_texts, phrases, reply_texts
from servicebot.domain.understanding import Language

_QUOTED: Final = re.compile(r"「([^「」\n]*)」|\"([^\"\n]*)\"|“([^“”\n]*)”|'([^'\n]{2,60})'")
_END_MARKS: Final = " .,。，!?！？"

Key = tuple[Language, str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The files of a content by what they teach.

    Attributes:
        paths: By language and squeezed words: phrases, titles, labels and buttons.
    """

    paths: Mapping[Key, frozenset[str]]

    def of(self, alone: Content, content: Content) -> frozenset[str]:
        """The files that say what a file says or quotes, its twins, and those of its line.

        Args:
            alone: What the file stands for.
            content: All of it.
        """
        found: set[str] = set()
        for key in (*_taught(alone), *_quoted(alone)):
            found |= self.paths.get(key, frozenset())
        lines = {(one.line, one.language) for one in alone.articles.values()}
        found |= {a.path for a in content.articles.values() if (a.line, a.language) in lines}
        return frozenset(found | set(_twins(alone, content)))


def neighbours(content: Content) -> Neighbours:
    """Goes through every phrase once."""
    found: dict[Key, set[str]] = {}
    for key, path in _taught_where(content):
        found.setdefault(key, set()).add(path)
    return Neighbours({key: frozenset(paths) for key, paths in found.items()})


def _taught(content: Content) -> Iterator[Key]:
    return (key for key, _ in _taught_where(content))


def _taught_where(content: Content) -> Iterator[tuple[Key, str]]:
    for one in phrases(content):
        yield (one.language, squeeze(one.words)), one.path
    for article in content.articles.values():
        yield (article.language, squeeze(article.title)), article.path
    for reply in content.replies.values():
        for words in (reply.text, *(part for button in reply.buttons for part in button)):
            yield (reply.language, squeeze(words)), reply.path


def _quoted(content: Content) -> Iterator[Key]:
    for text in (*article_texts(content, titles=False), *reply_texts(content)):
        for quote in _QUOTED.finditer(text.words):
            words = next((part for part in quote.groups() if part is not None), "")
            yield text.language, squeeze(words.strip(_END_MARKS))


def _twins(alone: Content, content: Content) -> Iterator[str]:
    for language in Language:
        for name, _ in alone.articles:
            if (name, language) in content.articles:
                yield content.articles[name, language].path
        for name, _ in alone.intents:
            if (name, language) in content.intents:
                yield content.intents[name, language].path
        for name, _ in alone.replies:
            if (name, language) in content.replies:
                yield content.replies[name, language].path
