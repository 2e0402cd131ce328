"""The texts and phrases of a content, each with its place, as the rules go through them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from servicebot.content.content import Content
from servicebot.content.place import BODY, Place
from servicebot.content.rules.finding import PLACEHOLDER
from servicebot.domain.understanding import Language


class Text(NamedTuple):
    """What the bot may say.

    Attributes:
        path: The file.
        language: Of the file.
        key: The field it stands in, or `BODY`.
        words: As written, with placeholders.
        owner: The id of the article or the name of the reply.
    """

    path: str
    language: Language
    key: str
    words: str
    owner: str

    def at(self, words: str) -> Place:
        """The place of some of its words."""
        return Place(key=self.key, words=words)


class Phrase(NamedTuple):
    """What a customer may say.

    Attributes:
        path: The file.
        language: Of the file.
        key: The field it stands in.
        words: As written.
        topic: The article, intent or act in whose file it stands.
    """

    path: str
    language: Language
    key: str
    words: str
    topic: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(key=self.key, words=self.words)


def article_texts(content: Content, *, titles: bool = True) -> Iterator[Text]:
    """Titles and answers of articles; the answer with what stands below `## More`."""
    for (name, language), article in content.articles.items():
        if titles:
            yield Text(article.path, language, "title", article.title, name)
        body = f"{article.answer}\n{article.more}" if article.more else article.answer
        yield Text(article.path, language, BODY, body, name)


def reply_texts(content: Content, *, buttons: bool = True) -> Iterator[Text]:
    """The bot's own sentences; with what stands on their buttons and is said by a tap."""
    for (name, language), reply in content.replies.items():
        yield Text(reply.path, language, name, reply.text, name)
        for label, says in reply.buttons if buttons else ():
            yield Text(reply.path, language, name, label, name)
            if says != label:
                yield Text(reply.path, language, name, says, name)


def phrases(content: Content, *, acts: bool = True) -> Iterator[Phrase]:
    """Every phrase of articles, intents and, where they are wanted, acts, taught or not."""
    for (name, language), article in content.articles.items():
        others = tuple(other.phrase for other in article.not_for)
        yield from _of(article.path, language, name, "asked_as", article.asked_as)
        yield from _of(article.path, language, name, "held_out", article.held_out)
        yield from _of(article.path, language, name, "not_for", others)
    for (name, language), intent in content.intents.items():
        others = tuple(other.phrase for other in intent.close_but_other)
        yield from _of(intent.path, language, name, "examples", intent.examples)
        yield from _of(intent.path, language, name, "held_out", intent.held_out)
        yield from _of(intent.path, language, name, "close_but_other", others)
    for (act, language), said in content.acts.items() if acts else ():
        topic, others = act or "none", tuple(other.phrase for other in said.not_this)
        yield from _of(said.path, language, topic, "examples", said.examples)
        yield from _of(said.path, language, topic, "held_out", said.held_out)
        yield from _of(said.path, language, topic, "held_out_at_freeze", said.held_out_at_freeze)
        yield from _of(said.path, language, topic, "held_out_at_unlink", said.held_out_at_unlink)
        yield from _of(said.path, language, topic, "not_this", others)


def as_said(words: str, content: Content) -> str:
    """A text as it leaves, with the figures of the tables."""

    def figure(found: re.Match[str]) -> str:
        value = content.values.get(found[1].removeprefix("value."))
        return f"{value.value}{value.unit}" if value is not None else ""

    return PLACEHOLDER.sub(figure, words)


def _of(
    path: str, language: Language, topic: str, key: str, lines: Iterable[str]
) -> Iterator[Phrase]:
    return (Phrase(path, language, key, words, topic) for words in lines)
