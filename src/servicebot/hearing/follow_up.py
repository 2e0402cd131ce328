"""Words that lean on the turn before: 那利息呢, 那车贷呢, the other one?"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import LookedUp
from servicebot.content.topics import intent_of, label_of, line_of
from servicebot.dialogue.pick import says_other
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Leaning
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import (
    Band,
    Language,
    RankedTopic,
    SlotKind,
    Topic,
    TopicKind,
    Understanding,
)

_CLEARLY: Final = 0.05  # how much likelier the joined reading must be where both are unsure
_OF_ANOTHER: Final = 0.6  # and where the words alone are about another product than named before
_SHORT_HAN: Final = 8
_SHORT_WORDS: Final = 5
_ASPECT_CHARACTERS: Final = 1
_QUESTIONS: Final = 4
# What the conversation rules out is no rival any more: the words need to be likely at all, and
# far likelier than anything else about the same product.
_LIKELY: Final = 0.3
_AMONG_ITS_LINE: Final = 0.6

_IN_FRONT: Final = re.compile(
    r"^[\s,]*(?:那么|那要是|那如果|那换成|那|要是|如果|换成|换|哦|噢|好的?[\s,]+)"
    r"|^(?:ok|okay|so|and|but)*[\s,]*(?:and(?: for)?|what about|how about|what if|same for|but|also)\b"
)
_BEHIND: Final = re.compile(r"(?:呢|咧|嘞|哪|捏)[\s?!.]*$|也(?:是)?(?:一样|这样)(?:吗|么)?[\s?]*$")
_FILLER: Final = re.compile(
    r"我|还有|那个|那边|那笔|那|个|笔|边|的|也|是|一样|这样|换成|要是|如果|吗|么[?]?$|呢|咧|嘞|哪|捏|了|有|啥|不"
    r"|看一?下|看看|查一?下|\b(?:the|my|for|a|an|loans?|same|and|about|what|how|one|ones|ok|so|is|it|in|on)\b"
)
_ORDINAL: Final = re.compile(r"第.{1,3}[笔个条]|最后一?[笔个]|另外?|一|上面|下面|张|卡|\bother\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the turn before was about.

    Attributes:
        topic: Its topic.
        questions: How the topic is asked about, its title first.
        product: Its product; empty where it was about none.
        terms: How the products are named, by product.
        twins: By product, the topic that answers the same question about it.
        content: The approved content.
    """

    topic: Topic
    questions: tuple[str, ...]
    product: str
    terms: Mapping[str, str]
    twins: Mapping[str, Topic]
    content: Content


def background_of(
    conversation: Conversation, language: Language, content: Content
) -> Background | None:
    """What a message may lean on; None at the beginning and in the middle of a task."""
    topic = conversation.last_topic
    if topic is None or conversation.task is not None:
        return None
    known = content.articles if topic.kind is TopicKind.ARTICLE else content.intents
    if (topic.id, language) not in known:
        return None
    terms = {p: content.replies[f"product_{p}", language].text for p in content.product_lines}
    question = topic.id.partition("/")[2]
    twins = {
        product: Topic(kind=TopicKind.ARTICLE, id=f"{product}/{question}")
        for product in content.product_lines
        if question and (f"{product}/{question}", language) in content.articles
    }
    return Background(
        topic=topic,
        questions=_questions(topic, language, content),
        product=conversation.last_product,
        terms=terms,
        twins=twins,
        content=content,
    )


def _questions(topic: Topic, language: Language, content: Content) -> tuple[str, ...]:
    title = label_of(topic, content, language)
    if topic.kind is TopicKind.INTENT:
        return (title,)
    briefest = sorted(content.articles[topic.id, language].asked_as, key=lambda t: (len(t), t))
    return (title, *briefest[: _QUESTIONS - 1])


def is_marked(text: str) -> bool:
    """Whether the words say themselves that they follow on something."""
    return _IN_FRONT.search(text) is not None or _BEHIND.search(text) is not None


def may_lean(words: Understanding) -> bool:
    """Whether the words may be anything but complete: marked, short or not surely understood."""
    return is_marked(words.text) or _is_short(words) or words.band is not Band.ANSWER


def _is_short(words: Understanding) -> bool:
    if words.language is Language.ZH:
        return len(squeeze(words.text)) <= _SHORT_HAN
    return len(words.text.split()) <= _SHORT_WORDS


def is_bare(words: Understanding) -> bool:
    """Whether the words name a product or a place in a list and ask nothing about it."""
    left = squeeze(_ORDINAL.sub("", _bare(words, SlotKind.PRODUCT, SlotKind.ORDINAL)))
    return len(left) <= _ASPECT_CHARACTERS


def readings(words: Understanding, back: Background) -> tuple[str, ...]:
    """The words joined with the turn before, as texts to be understood."""
    aspect = _aspect(words.text)
    product = _named(words)
    if product in back.terms and len(squeeze(_bare(words, SlotKind.PRODUCT))) <= _ASPECT_CHARACTERS:
        return tuple(_about(product, question, back) for question in back.questions)
    if product or not squeeze(aspect):
        return ()
    front = back.terms.get(back.product, back.questions[0])
    return (f"{front} {aspect}",)


def _aspect(text: str) -> str:
    return _BEHIND.sub("", _IN_FRONT.sub("", text)).strip(" ,?!.")


def _about(product: str, question: str, back: Background) -> str:
    """The question of the turn before, about another product."""
    names = [name for name in (back.terms.get(back.product, ""), back.product) if name]
    old = "|".join(re.escape(name) for name in names)
    swapped, times = re.subn(old, back.terms[product], question, flags=re.IGNORECASE)
    return swapped if names and times else f"{back.terms[product]} {question}"


def _named(words: Understanding) -> str:
    found = [slot.value for slot in words.slots if slot.kind is SlotKind.PRODUCT]
    return str(found[-1]) if found else ""


def _bare(words: Understanding, *kinds: SlotKind) -> str:
    """What is left of the words without the values of these kinds and fillers."""
    text = words.text
    for slot in words.slots:
        if slot.kind in kinds:
            text = text.replace(slot.text, " ")
    return _FILLER.sub("", _IN_FRONT.sub("", text))


def lean(
    words: Understanding, joined: Sequence[Understanding], back: Background, *, corrects: bool
) -> Leaning | None:
    """The reading that is meant, or None where the words alone say it at least as well."""
    product = _named(words)
    if _repeats_lookup(words, back, product):
        return Leaning(words=_certain(words, back.topic), corrects=corrects)
    swapped = bool(product) and len(squeeze(_bare(words, SlotKind.PRODUCT))) <= _ASPECT_CHARACTERS
    if swapped and product in back.twins:
        return Leaning(words=_certain(words, back.twins[product]), corrects=corrects)
    line = product if swapped else back.product
    fitting = [found for one in joined if (found := _harmless(one, line, back)) is not None]
    if swapped or corrects or is_marked(words.text) or _is_short(words):
        fitting = [_within_line(one, line, back.content.product_lines) for one in fitting]
    best = max(fitting, key=_chance, default=None)
    if best is not None and (swapped or _clearer(best, words, back, corrects=corrects)):
        return Leaning(words=replace(best, slots=words.slots or best.slots), corrects=corrects)
    takes_back = words.best is not None and not _is_about_task(words.best.topic, back)
    return Leaning(words=words, corrects=True) if corrects and takes_back else None


def _within_line(joined: Understanding, line: str, lines: Collection[str]) -> Understanding:
    """The reading, sure where nothing else about the same product is nearly as likely."""
    chance = _chance(joined)
    ours = [r.probability for r in joined.ranking if line_of(r.topic) == line]
    if joined.best is None or line_of(joined.best.topic) != line or line not in lines:
        return joined
    sure = chance >= _LIKELY and chance >= _AMONG_ITS_LINE * sum(ours)
    return replace(joined, band=Band.ANSWER) if sure else joined


def _repeats_lookup(words: Understanding, back: Background, product: str) -> bool:
    lookup = _lookup(back.topic, back)
    if lookup is None:
        return False
    if not is_bare(words):
        return False
    if product in back.terms:
        return True
    placed = any(slot.kind is SlotKind.ORDINAL for slot in words.slots)
    return says_other(words.text) or (placed and lookup is LookedUp.OF_LOANS)


def _certain(words: Understanding, topic: Topic) -> Understanding:
    first = RankedTopic(topic=topic, probability=1.0)
    others = tuple(ranked for ranked in words.ranking if ranked.topic != topic)
    return replace(words, ranking=(first, *others), band=Band.ANSWER)


def _harmless(joined: Understanding, line: str, back: Background) -> Understanding | None:
    """The reading if it leads to an article of the line, or to something that is only looked up.

    Articles about other products and everything that changes something are left out; what is
    left must be nearly as likely as they are.
    """
    lines = back.content.product_lines
    others = lines - {line} if line in lines else frozenset()
    ranking = tuple(
        r
        for r in joined.ranking
        if (r.topic.kind is TopicKind.ARTICLE or _lookup(r.topic, back) is not None)
        and line_of(r.topic) not in others
    )
    if not ranking or ranking[0].topic == back.topic:
        return None
    first = joined.ranking[0].probability
    near = ranking[0].probability >= first / 2
    return replace(joined, ranking=ranking) if near else None


def _clearer(
    best: Understanding, words: Understanding, back: Background, *, corrects: bool
) -> bool:
    alone = words.best
    if alone is None or words.band is not Band.ANSWER:
        return best.band is Band.ANSWER or _chance(best) > _chance(words) + _CLEARLY
    if _stands_alone(alone.topic, back) or best.band is not Band.ANSWER:
        return False
    other_line = line_of(alone.topic) in back.content.product_lines - {back.product}
    if back.product and other_line and _chance(best) >= _OF_ANOTHER * _chance(words):
        return True
    marked = corrects or is_marked(words.text)
    moves = alone.topic.kind is TopicKind.INTENT and _lookup(alone.topic, back) is None
    return marked and (moves or _chance(best) > _chance(words))


def _lookup(topic: Topic, back: Background) -> LookedUp | None:
    intent = intent_of(topic, back.content)
    return intent.lookup if intent is not None else None


def _stands_alone(topic: Topic, back: Background) -> bool:
    intent = intent_of(topic, back.content)
    return intent is not None and intent.stands_alone


def _is_about_task(topic: Topic, back: Background) -> bool:
    intent = intent_of(topic, back.content)
    return intent is not None and intent.about_task


def _chance(words: Understanding) -> float:
    return words.best.probability if words.best is not None else 0.0
