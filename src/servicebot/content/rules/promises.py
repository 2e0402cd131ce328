"""No answer promises an outcome, is absolute, or sends a customer out of the chat."""

from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import BODY
from servicebot.content.rules.finding import PLACEHOLDER, Finding, find
from servicebot.content.rules.safe import LINK, NUMBER
from servicebot.content.rules.texts import Text, article_texts, as_said, reply_texts
from servicebot.content.rules.words import Words, load_words
from servicebot.screening.allow_list import Allowed, allowed
from servicebot.screening.gate import forbidden_in

_ENDS: Final = ("。", "！", "？", "\n", ". ", "! ", "? ")


def no_promises(content: Content) -> Iterator[Finding]:
    """What nobody can keep: 一定能通过, guaranteed."""
    words = load_words()
    for text in _said(content):
        if text.key == "title" and words.questions[text.language].search(text.words):
            continue
        sentences = set[int]()
        for found in words.promises[text.language].found_in(text.words):
            start, _ = _sentence(text.words, found.start())
            if start in sentences:
                continue
            sentences.add(start)
            yield find(text.path, "promise", text.at(found.group()), found=found.group())


def no_way_out(content: Content) -> Iterator[Finding]:
    """Calls and accounts: a customer must never learn to trust one that came by chat."""
    words, allowed = load_words(), _listed(content)
    for text in _said(content):
        if text.key == "title" and words.questions[text.language].search(text.words):
            continue
        if any(pattern.search(text.words) for pattern in (LINK, NUMBER)):
            continue  # told by another rule
        foreign = forbidden_in(as_said(text.words, content), allowed)
        if foreign:
            yield find(text.path, "not-listed", text.at(foreign[0]), found=foreign[0])
            continue
        for found in words.accounts[text.language].found_in(text.words):
            yield find(text.path, "account", text.at(found.group()), found=found.group())
        yield from _calls(text, words)


def _calls(text: Text, words: Words) -> Iterator[Finding]:
    """A call without a number of the list; and one that is the only way."""
    for found in words.calls[text.language].found_in(text.words):
        start, end = _sentence(text.words, found.start())
        if "value.line_" not in text.words[start:end]:
            yield find(text.path, "phone-call", text.at(found.group()), found=found.group())
            return
    if text.key != BODY:
        return
    lines = {n.removeprefix("value.") for n in PLACEHOLDER.findall(text.words) if ".line_" in n}
    ways = words.other_ways[text.language]
    plain = PLACEHOLDER.sub("", text.words)
    if lines - words.danger_lines and not any(way in plain for way in ways):
        yield find(text.path, "phone-only", text.at(min(lines)), found=min(lines))


def _sentence(words: str, at: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    ends = [words.rfind(sign, 0, at) for sign in _ENDS]
    behind = [words.find(sign, at) for sign in _ENDS]
    return max(ends) + 1, min((one for one in behind if one >= 0), default=len(words))


def _said(content: Content) -> Iterator[Text]:
    yield from article_texts(content)
    yield from reply_texts(content)


def _listed(content: Content) -> Allowed:
    """Whatever is on the list, on whatever days; the days are another rule's."""
    return allowed({one.contact.value for one in content.contacts.values()})
