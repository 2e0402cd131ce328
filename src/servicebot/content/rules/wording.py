"""What an approved text may not hold: links, numbers to call, figures outside the fact table."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.rules.finding import PLACEHOLDER, Finding
from servicebot.domain.understanding import Language

MOST_CHARACTERS: Final = {Language.ZH: 260, Language.EN: 700}
_LINK = re.compile(r"https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|org)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){7,}\d(?!\d)|(?<!\d)(?:95\d{3}|400[ -]?\d{3})(?!\d)")
# A customer may have asked the other way round: "is there a fee?" and "is it free?".
_YES_OR_NO: Final = {
    Language.ZH: re.compile(
        r"^(?:可以|不可以|能|不能|会|不会|是|是的|不是|对|不对|要|不要|有|没有|行|不行|需要|不需要)[的了]?[,.;:!，。；：！]"
    ),
    Language.EN: re.compile(r"^(?:yes|no|sure|of course|not at all)\b[,.;:!]?", re.IGNORECASE),
}
_FAMILIAR: Final = "你"
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|‰|元|万元|万|yuan|CNY|RMB)", re.IGNORECASE)


def safe_texts(content: Content) -> Iterator[Finding]:
    """Links and numbers: a customer must never learn to trust one that came by chat."""
    texts = [(a.path, f"{a.answer}\n{a.more}") for a in content.articles.values()]
    texts += [(reply.path, reply.text) for reply in content.replies.values()]
    for path, text in texts:
        for pattern, what in ((_LINK, "link"), (_NUMBER, "number")):
            if found := pattern.search(text):
                message = f"`{found.group()}`: no {what} in a text. Say where in the app it is."
                yield Finding(path=path, rule=f"no-{what}", message=message, near=found.group())


def figures_in_table(content: Content) -> Iterator[Finding]:
    """Rates and amounts live once, in knowledge_base/values/, so that articles cannot disagree."""
    for article in content.articles.values():
        plain = PLACEHOLDER.sub("", f"{article.answer}\n{article.more}")
        if found := _FIGURE.search(plain):
            message = f"`{found.group()}`: put the figure into knowledge_base/values/ and name it."
            yield Finding(
                path=article.path, rule="figure-in-text", message=message, near=found.group()
            )


def short_answers(content: Content) -> Iterator[Finding]:
    """An answer that a customer reads on a phone."""
    for article in content.articles.values():
        most = MOST_CHARACTERS[article.language]
        if len(article.answer) > most:
            message = (
                f"The answer has {len(article.answer)} characters; at most {most}."
                " Put details under `## More`."
            )
            near = article.answer.splitlines()[0][:20]
            yield Finding(path=article.path, rule="long-answer", message=message, near=near)


def answers_with_the_fact(content: Content) -> Iterator[Finding]:
    """An answer that says what holds, whichever way round it was asked."""
    for article in content.articles.values():
        if found := _YES_OR_NO[article.language].search(article.answer.strip()):
            message = (
                f"The answer begins with `{found.group()}`; asked the other way round, that is"
                " wrong. Begin with the fact, for instance with what it costs."
            )
            near = article.answer.strip().splitlines()[0][:20]
            yield Finding(path=article.path, rule="yes-or-no-first", message=message, near=near)


def one_register(content: Content) -> Iterator[Finding]:
    """Customers are 您 in every answer and reply."""
    texts = [(a.path, f"{a.title}\n{a.answer}\n{a.more}") for a in content.articles.values()]
    texts += [(reply.path, reply.text) for reply in content.replies.values()]
    for path, text in texts:
        if _FAMILIAR in text:
            near = next(line for line in text.splitlines() if _FAMILIAR in line)[:20]
            yield Finding(path=path, rule="register", message="Write 您, never 你.", near=near)
