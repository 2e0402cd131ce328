"""Words that lean on the turn before, and how they may be read: 那利息呢, 那车贷呢."""

import re
from typing import Final

from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import Language, SlotKind, Understanding
from servicebot.hearing.background import Background
from servicebot.understanding.lexicon import Lexicon

_SHORT_HAN: Final = 8
_SHORT_WORDS: Final = 5
_ASPECT_CHARACTERS: Final = 1
_ENDS: Final = " ,?!."


def is_marked(text: str, lexicon: Lexicon) -> bool:
    """Whether the words say themselves that they follow on something."""
    in_front = lexicon.match(Mark.LEANS_IN_FRONT, text.lstrip(_ENDS)) is not None
    return in_front or lexicon.at_end(Mark.LEANS_AT_END, text) is not None


def may_lean(words: Understanding, lexicon: Lexicon) -> bool:
    """Whether the words may be anything but complete: marked, short or not surely understood."""
    return is_marked(words.text, lexicon) or is_short(words) or not words.is_likely


def is_short(words: Understanding) -> bool:
    """Whether the words are too few to say everything."""
    if words.language is Language.ZH:
        return len(squeeze(words.text)) <= _SHORT_HAN
    return len(words.text.split()) <= _SHORT_WORDS


def is_bare(words: Understanding, lexicon: Lexicon) -> bool:
    """Whether the words name a product or a place in a list and ask nothing about it."""
    left = _without_slots(words, SlotKind.PRODUCT, SlotKind.ORDINAL)
    left = lexicon.without(Mark.FILLER, lexicon.without(Mark.PLACE, _without_front(left, lexicon)))
    return len(squeeze(left)) <= _ASPECT_CHARACTERS


def is_other_product(words: Understanding, lexicon: Lexicon) -> bool:
    """Whether the words name a product and ask nothing else about it."""
    left = _without_front(_without_slots(words, SlotKind.PRODUCT), lexicon)
    return len(squeeze(lexicon.without(Mark.FILLER, left))) <= _ASPECT_CHARACTERS


def readings(words: Understanding, back: Background, lexicon: Lexicon) -> tuple[str, ...]:
    """The words joined with the turn before, as texts to be understood."""
    aspect = _aspect(words.text, lexicon)
    product = named_product(words)
    if product in back.terms and is_other_product(words, lexicon):
        return tuple(_about(product, question, back) for question in back.questions)
    if product or not squeeze(aspect):
        return ()
    front = back.terms.get(back.product, back.questions[0])
    return (f"{front} {aspect}",)


def named_product(words: Understanding) -> str:
    """The product that is named last; empty where none is."""
    found = [slot.value for slot in words.slots if slot.kind is SlotKind.PRODUCT]
    return str(found[-1]) if found else ""


def _aspect(text: str, lexicon: Lexicon) -> str:
    plain = _without_front(text, lexicon)
    start = lexicon.at_end(Mark.LEANS_AT_END, plain)
    return plain[:start].strip(_ENDS)


def _without_front(text: str, lexicon: Lexicon) -> str:
    plain = text.lstrip(_ENDS)
    return plain[lexicon.match(Mark.LEANS_IN_FRONT, plain) or 0 :]


def _without_slots(words: Understanding, *kinds: SlotKind) -> str:
    text = words.text
    for slot in words.slots:
        if slot.kind in kinds:
            text = text.replace(slot.text, " ")
    return text


def _about(product: str, question: str, back: Background) -> str:
    """The question of the turn before, about another product."""
    names = [name for name in (back.terms.get(back.product, ""), back.product) if name]
    old = "|".join(re.escape(name) for name in names)
    swapped, times = re.subn(old, back.terms[product], question, flags=re.IGNORECASE)
    return swapped if names and times else f"{back.terms[product]} {question}"
