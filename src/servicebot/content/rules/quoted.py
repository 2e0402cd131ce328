"""What a customer is told to say or to tap on is known to the bot."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.near_name import nearest_phrase
from servicebot.content.place import BODY, Place, Spot
from servicebot.content.rules.finding import Finding, find, squeeze
from servicebot.content.rules.texts import Text, article_texts, reply_texts
from servicebot.content.rules.words import Quoted, load_words
from servicebot.domain.understanding import Language

_QUOTE: Final = {
    Language.ZH: re.compile(r"「([^「」\n]*)」"),
    Language.EN: re.compile(
        r"""\"([^"\n]*)\"|“([^“”\n]*)”|(?<=\s)'([^'\n]{2,60})'(?=[\s.,;!?]|$)"""
    ),
}
# Between two quotes of which the second is said like the first: `「A」或「B」`, `"A", then "B"`.
_JOINT: Final = re.compile(
    r"\s*[、,，或和]?\s*|[^.。！？!?\n]{0,60}(?:或者?|和|再|再说|\bor|\band|\bthen)\s*(?:说|say|点|tap)?\s*[：:]?\s*"
)
_HERE: Final = re.compile(r"\s*here\b|\s*（?在这里")
_FRONT: Final = 14
_BEHIND: Final = 60  # `Tap "money in" in the bank's app`
_END: Final = re.compile(r"[。！？!?\n；;]|\. ")
_FILLED: Final = re.compile(r"\{\{|\d|第.+[笔个张期]|\bone\b|#")


def quotes_known(content: Content, among: Content | None = None) -> Iterator[Finding]:
    """Every phrase a customer is told to say is taught or stands on a button.

    Args:
        content: Whose texts are read.
        among: Whose phrases are known, where they are not the same.
    """
    known = _known(among or content)
    for text in (*article_texts(content, titles=False), *reply_texts(content)):
        for words in _for_the_bot(text):
            is_filled = text.key != BODY and _FILLED.search(words)  # a reply's own example
            if squeeze(words) in known[text.language] or is_filled:
                continue
            near = nearest_phrase(words, known[text.language].values())
            yield find(text.path, "unknown-quote", text.at(words), words=words, near=near)


def same_links(content: Content) -> Iterator[Finding]:
    """What twins tell customers to say leads to the same topics, where all of it is taught."""
    topics = _topics(content)
    for (name, language), article in content.articles.items():
        twin = content.articles.get((name, Language.EN))
        if language is Language.EN or twin is None:
            continue
        there, here = (_links(one, topics[one.language]) for one in (article, twin))
        if here != there:
            spot = Spot(article.path, Place(key=BODY))
            args = {
                "name": name,
                "here": ", ".join(sorted(here)),
                "there": ", ".join(sorted(there)),
            }
            yield find(twin.path, "twin-links", Place(key=BODY), **args, twin=spot)


def _links(article: Article, topics: Mapping[str, str]) -> frozenset[str]:
    text = Text(article.path, article.language, BODY, f"{article.answer}\n{article.more}", "")
    found = (topics.get(squeeze(words)) for words in _for_the_bot(text))
    return frozenset(topic for topic in found if topic is not None)


def _topics(content: Content) -> Mapping[Language, dict[str, str]]:
    """The topic of each taught phrase, squeezed; an act stands for the intent it is the same as."""
    found: dict[Language, dict[str, str]] = defaultdict(dict)
    for (_, language), act in content.acts.items():
        same = act.same_as[0] if act.same_as else act.act or ""
        found[language] |= {squeeze(one): same for one in act.examples}
    for (name, language), article in content.articles.items():
        found[language] |= {squeeze(one): name for one in (*article.asked_as, article.title)}
    for (name, language), intent in content.intents.items():
        label = content.replies.get((f"intent_{name.replace('.', '_')}", language))
        words = (*intent.examples, *((label.text,) if label is not None else ()))
        found[language] |= {squeeze(one): name for one in words}
    return found


def _for_the_bot(text: Text) -> Iterator[str]:
    """The quoted words that the bot must understand."""
    rules = load_words().quoted[text.language]
    behind, before = 0, False
    for quote in _QUOTE[text.language].finditer(text.words):
        front = text.words[behind : quote.start()]
        joined = before and _JOINT.fullmatch(front) is not None
        before = joined or _is_for_the_bot(text, quote, rules)
        behind = quote.end()
        words = next(part for part in quote.groups() if part is not None).strip(" .,。，!?！？")
        if before and words:
            yield words


def _is_for_the_bot(text: Text, quote: re.Match[str], rules: Quoted) -> bool:
    at, behind = quote.span()
    front = text.words[max(0, at - _FRONT) : at]
    sentence = (
        _END.split(text.words[:at])[-1] + _END.split(text.words[behind : behind + _BEHIND])[0]
    )
    if rules.said.search(front) or _HERE.match(text.words, behind):
        return True
    outside = rules.elsewhere.search(sentence) is not None
    if rules.tapped.search(front):
        return not outside
    return text.language is Language.ZH and not outside


def _known(content: Content) -> Mapping[Language, dict[str, str]]:
    """What the bot knows word for word, squeezed, with its spelling."""
    found: dict[Language, dict[str, str]] = defaultdict(dict)
    for (_, language), intent in content.intents.items():
        found[language] |= {squeeze(one): one for one in intent.examples}
    for (_, language), article in content.articles.items():
        found[language] |= {squeeze(one): one for one in (*article.asked_as, article.title)}
    for (_, language), act in content.acts.items():
        found[language] |= {squeeze(one): one for one in act.examples}
    for (name, language), reply in content.replies.items():
        buttons = [one for button in reply.buttons for one in button]
        labels = [reply.text] if name.startswith(("intent_", "label_")) else []
        found[language] |= {squeeze(one): one for one in (*buttons, *labels)}
    return found
