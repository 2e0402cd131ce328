"""How an approved answer is worded: short, with the fact first, polite, in plain text."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import BODY, Place
from servicebot.content.rules.finding import PLACEHOLDER, Finding, find
from servicebot.content.rules.texts import Text, article_texts, as_said, phrases, reply_texts
from servicebot.domain.understanding import Language

MOST_CHARACTERS: Final = {Language.ZH: 260, Language.EN: 700}
# A customer may have asked the other way round: "is there a fee?" and "is it free?".
_YES_OR_NO: Final = {
    Language.ZH: re.compile(
        r"^(?:可以|不可以|能|不能|会|不会|是|是的|不是|对|不对|要|不要|有|没有|行|不行|需要|不需要)[的了]?[,.;:!，。；：！]"
    ),
    Language.EN: re.compile(r"^(?:yes|no|sure|of course|not at all)\b[,.;:!]?", re.IGNORECASE),
}
_FAMILIAR: Final = "你"
_TAG: Final = r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--|&(?:[a-zA-Z]{2,8}|#\d{2,6});"
_LINKED: Final = r"!?\[[^\[\]\n]*\]\([^()\n]*\)"
_STRONG: Final = (
    r"(?<!\*)\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?!\*)|(?<!_)__(?=[^\s_])[^_\n]+__(?!_)"
)
_IN_PHRASES: Final = re.compile(rf"{_TAG}|{_LINKED}|{_STRONG}")
_IN_TEXTS: Final = re.compile(
    rf"{_TAG}|{_LINKED}|{_STRONG}|(?<![\w*])\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![\w*])"
    r"|`|~~|(?m:^[ \t]*(?:[-*+•▪●]\s|>\s|\|.*\|[ \t]*$|(?:-{3,}|\*{3,}|_{3,})[ \t]*$))"
)


def short_answers(content: Content) -> Iterator[Finding]:
    """An answer that a customer reads on a phone."""
    for article in content.articles.values():
        most, count = MOST_CHARACTERS[article.language], len(as_said(article.answer, content))
        if count > most:
            args = {"count": count, "most": most}
            yield find(article.path, "long-answer", Place(key=BODY), **args)


def answers_with_the_fact(content: Content) -> Iterator[Finding]:
    """An answer that says what holds, whichever way round it was asked."""
    for article in content.articles.values():
        if found := _YES_OR_NO[article.language].search(article.answer.strip()):
            yield find(article.path, "yes-or-no-first", Place(key=BODY), words=found.group())


def one_register(content: Content) -> Iterator[Finding]:
    """Customers are 您 in every title, answer and reply."""
    for text in (*article_texts(content), *reply_texts(content, buttons=False)):
        if text.language is Language.ZH and _FAMILIAR in text.words:
            line = next(line for line in text.words.splitlines() if _FAMILIAR in line)
            yield find(text.path, "register", text.at(line))


def no_markup(content: Content) -> Iterator[Finding]:
    """Signs that a web page or an editor would read; customers would see them as they are."""
    for text in (*article_texts(content), *reply_texts(content)):
        yield from _markup(text, _IN_TEXTS)
    for one in phrases(content):
        if found := _IN_PHRASES.search(one.words):
            yield find(one.path, "markup", one.place, sign=found.group())


def _markup(text: Text, pattern: re.Pattern[str]) -> Iterator[Finding]:
    seen = set[str]()
    for found in pattern.finditer(PLACEHOLDER.sub("", text.words)):
        sign = found.group().strip()
        line = _line_with(text.words, sign)
        if line not in seen:
            seen.add(line)
            yield find(text.path, "markup", text.at(line or sign), sign=sign[:20])


def _line_with(words: str, part: str) -> str:
    return next((line for line in words.split("\n") if part in line), "")
