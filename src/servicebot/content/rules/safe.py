"""No links and no long numbers in a text, not even those of the list."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.rules.finding import Finding, find
from servicebot.content.rules.texts import article_texts, reply_texts

LINK: Final = re.compile(r"https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|org)\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"(?<!\d)(?:\d[ -]?){7,}\d(?!\d)|(?<!\d)(?:95\d{3}|400[ -]?\d{3})(?!\d)")


def safe_texts(content: Content) -> Iterator[Finding]:
    """Links and numbers: a customer must never learn to trust one that came by chat."""
    for text in (*article_texts(content), *reply_texts(content)):
        for pattern, rule in ((LINK, "no-link"), (NUMBER, "no-number")):
            if found := pattern.search(text.words):
                yield find(text.path, rule, text.at(found.group()), found=found.group())
