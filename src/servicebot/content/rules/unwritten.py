"""No hint of a form is left standing where a text belongs."""

from collections.abc import Iterator

from servicebot.content.content import Content
from servicebot.content.rules.finding import Finding, find
from servicebot.content.rules.texts import article_texts, phrases
from servicebot.content.rules.words import load_words


def nothing_unwritten(content: Content) -> Iterator[Finding]:
    """Titles, answers and phrases that somebody has written."""
    hints = load_words().unwritten
    for text in article_texts(content):
        if text.words.startswith(hints[text.language]):
            hint = text.words.split("\n", 1)[0]
            yield find(text.path, "unwritten", text.at(hint), found=hint)
    for one in phrases(content, acts=False):
        if one.words.startswith(hints[one.language]):
            yield find(one.path, "unwritten", one.place, found=one.words)
