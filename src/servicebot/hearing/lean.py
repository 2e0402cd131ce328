"""Which reading of words that lean on the turn before is meant."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from servicebot.content.intent_file import LookedUp
from servicebot.content.topics import intent_of, line_of
from servicebot.domain.heard import Leaning
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import (
    Band,
    RankedTopic,
    SlotKind,
    Topic,
    TopicKind,
    Understanding,
)
from servicebot.hearing.background import Background
from servicebot.hearing.follow_up import (
    is_bare,
    is_marked,
    is_other_product,
    is_short,
    named_product,
)
from servicebot.understanding.lexicon import Lexicon

_CLEARLY: Final = 0.05  # how much likelier the joined reading must be where both are unsure
_OF_ANOTHER: Final = 0.6  # and where the words alone are about another product than named before
# What the conversation rules out is no rival any more: the words need to be likely at all, and
# far likelier than anything else about the same product.
_LIKELY: Final = 0.3
_AMONG_ITS_LINE: Final = 0.6
# How sure the words alone and the joined reading must be together, as if they were two witnesses.
_BOTH_SURE: Final = 0.88
_LEAST_LEFT: Final = 0.2


def needs_readings(
    words: Understanding, back: Background, lexicon: Lexicon, *, corrects: bool
) -> bool:
    """Whether any joined reading could be clearer than the words alone; `lean` says when one is."""
    if corrects or words.band is not Band.ANSWER or is_marked(words.text, lexicon):
        return True
    swapped = bool(named_product(words)) and is_other_product(words, lexicon)
    return swapped or _is_of_other_line(words, back)


def lean(
    words: Understanding,
    joined: Sequence[Understanding],
    back: Background,
    lexicon: Lexicon,
    *,
    corrects: bool,
) -> Leaning | None:
    """The reading that is meant, or None where the words alone say it at least as well."""
    product = named_product(words)
    if _repeats_lookup(words, back, product, lexicon):
        return Leaning(words=_certain(words, back.topic), corrects=corrects)
    swapped = bool(product) and is_other_product(words, lexicon)
    if swapped and product in back.twins:
        return Leaning(words=_certain(words, back.twins[product]), corrects=corrects)
    line = product if swapped else back.product or line_of(back.topic)
    fitting = [found for one in joined if (found := _harmless(one, line, back)) is not None]
    marked = corrects or is_marked(words.text, lexicon)
    if swapped or marked or is_short(words):
        fitting = [_within_line(one, line) for one in fitting]
        fitting = [_confirmed(one, words) for one in fitting]
    best = max(fitting, key=_chance, default=None)
    if best is not None and (swapped or _clearer(best, words, back, marked=marked)):
        return Leaning(words=replace(best, slots=words.slots or best.slots), corrects=corrects)
    takes_back = words.best is not None and not _is_about_task(words.best.topic, back)
    return Leaning(words=words, corrects=True) if corrects and takes_back else None


def _confirmed(joined: Understanding, words: Understanding) -> Understanding:
    """The reading, surer where the words alone say the same: two witnesses are worth more than one."""
    if joined.best is None or words.best is None or joined.best.topic != words.best.topic:
        return joined
    both, neither = _chance(joined) * _chance(words), (1 - _chance(joined)) * (1 - _chance(words))
    sure = both >= _BOTH_SURE * (both + neither)
    return replace(joined, band=Band.ANSWER) if sure else joined


def _within_line(joined: Understanding, line: str) -> Understanding:
    """The reading, sure where nothing else about the same product is nearly as likely."""
    chance = _chance(joined)
    ours = [r.probability for r in joined.ranking if line_of(r.topic) == line]
    if joined.best is None or not line or line_of(joined.best.topic) != line:
        return joined
    sure = chance >= _LIKELY and chance >= _AMONG_ITS_LINE * sum(ours)
    return replace(joined, band=Band.ANSWER) if sure else joined


def _repeats_lookup(words: Understanding, back: Background, product: str, lexicon: Lexicon) -> bool:
    lookup = _lookup(back.topic, back)
    if lookup is None:
        return False
    if not is_bare(words, lexicon):
        return False
    if product in back.terms:
        return True
    placed = any(slot.kind is SlotKind.ORDINAL for slot in words.slots)
    return Mark.THE_OTHER in words.marks or (placed and lookup is LookedUp.OF_LOANS)


def _certain(words: Understanding, topic: Topic) -> Understanding:
    first = RankedTopic(topic=topic, probability=1.0)
    others = tuple(ranked for ranked in words.ranking if ranked.topic != topic)
    return replace(words, ranking=(first, *others), band=Band.ANSWER)


def _harmless(joined: Understanding, line: str, back: Background) -> Understanding | None:
    """The reading if it leads to an article of the line, or to something that is only looked up.

    What was answered just now is not asked again, so the rest is judged without it. Articles about
    other products and everything that changes something are left out; what is left must be nearly
    as likely as they are.
    """
    others = back.content.product_lines - {line} if line else frozenset()
    said = sum(r.probability for r in joined.ranking if r.topic == back.topic)
    rest = tuple(
        replace(r, probability=min(r.probability / max(1.0 - said, _LEAST_LEFT), 1.0))
        for r in joined.ranking
        if r.topic != back.topic
    )
    ranking = tuple(
        r
        for r in rest
        if (r.topic.kind is TopicKind.ARTICLE or _lookup(r.topic, back) is not None)
        and line_of(r.topic) not in others
    )
    if not ranking:
        return None
    near = ranking[0].probability >= rest[0].probability / 2
    return replace(joined, ranking=ranking) if near else None


def _clearer(best: Understanding, words: Understanding, back: Background, *, marked: bool) -> bool:
    alone = words.best
    if alone is not None and best.best is not None and alone.topic == best.best.topic:
        return best.band is Band.ANSWER and words.band is not Band.ANSWER
    if alone is None or not words.is_likely:
        return best.is_likely or _chance(best) > _chance(words) + _CLEARLY
    if _stands_alone(alone.topic, back) or not best.is_likely:
        return False
    if _is_of_other_line(words, back) and _chance(best) >= _OF_ANOTHER * _chance(words):
        return True
    moves = alone.topic.kind is TopicKind.INTENT and _lookup(alone.topic, back) is None
    return marked and (moves or _chance(best) > _chance(words))


def _is_of_other_line(words: Understanding, back: Background) -> bool:
    """Whether the words alone are about another product than the turn before."""
    line = back.product or line_of(back.topic)
    others = back.content.product_lines - {line}
    return bool(line) and words.best is not None and line_of(words.best.topic) in others


def _chance(words: Understanding) -> float:
    return words.best.probability if words.best is not None else 0.0


def _lookup(topic: Topic, back: Background) -> LookedUp | None:
    intent = intent_of(topic, back.content)
    return intent.lookup if intent is not None else None


def _stands_alone(topic: Topic, back: Background) -> bool:
    intent = intent_of(topic, back.content)
    return intent is not None and intent.stands_alone


def _is_about_task(topic: Topic, back: Background) -> bool:
    intent = intent_of(topic, back.content)
    return intent is not None and intent.about_task
