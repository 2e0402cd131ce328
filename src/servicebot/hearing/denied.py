"""What the customer says they do not want, and what they want instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, is_offered, topics_of
from servicebot.domain.acts import Act
from servicebot.domain.heard import Denied
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import Band, SlotKind, SlotValue, Topic, Understanding
from servicebot.hearing.act import chance_of, surely_refuses
from servicebot.hearing.person import names_person
from servicebot.understanding.lexicon import Lexicon

_CLOSE: Final = 0.3
_CLOSE_TOPICS: Final = 3
_SHORTEST: Final = 2
_SURE_PERSON: Final = 0.9
_BORDER: Final = re.compile(r"(?<!\d)[,.;!?\n](?!\d)|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_ENDS: Final = " ,.!;"
_RANKS: Final = frozenset({Mark.THE_LARGEST, Mark.THE_SMALLEST, Mark.THE_OLDEST, Mark.THE_NEWEST})
_SIGNS: Final = (",", ".", "!", "?", ";")


@dataclass(frozen=True, slots=True)
class Denial:
    """A message parted into what is not wanted and what is.

    Attributes:
        denied: The words of what is not wanted.
        meant: What is wanted instead; may be empty.
        plainly: Whether the customer says that they never asked for it.
    """

    denied: str
    meant: str
    plainly: bool = False


def read_denial(text: str, lexicon: Lexicon) -> Denial | None:
    """Parts a normalized text, or None where nothing is denied.

    A clause that denies a wish counts, in front or behind the first one: 还不上款, 没收到验证码 and
    为什么不能提前还款 are matters of their own, and so is every denial that asks, unless it says
    what is asked instead (不是怎么借,是多久到账).
    """
    start = lexicon.skip(Mark.HESITATION, text)
    start = lexicon.skip(Mark.STRESS, text, start)
    plainly = lexicon.match(Mark.NEVER_ASKED, text, start)
    end = plainly or lexicon.match(Mark.NOT_THIS, text, start)
    if end is None:
        return _left_aside(text, start, lexicon)
    if text[end:].lstrip().startswith(_SIGNS):
        return None  # 先别,我看下余额: a no by itself, and a wish
    first, rest = _first_clause(text[end:], lexicon)
    clause = first.strip(_ENDS)
    instead = lexicon.match(Mark.MEANT_INSTEAD, rest.lstrip(_ENDS)) is not None
    if len(clause) < _SHORTEST or (lexicon.has(Mark.QUESTION, clause) and not instead):
        return None
    if lexicon.has(Mark.NO_IS_THE_MATTER, text[start:end] + first):
        return None
    meant = _without_lead(rest.strip(_ENDS), lexicon)
    return Denial(denied=clause, meant=meant, plainly=plainly is not None)


def _left_aside(text: str, start: int, lexicon: Lexicon) -> Denial | None:
    """What is put aside by the words behind it (车贷就别提了,...), or by a no (不买,我要卖).

    Only where something else is wanted behind it.
    """
    first, rest = _first_clause(text[start:], lexicon)
    meant, clause = rest.strip(_ENDS), first.strip(_ENDS)
    aside = lexicon.at_end(Mark.LEFT_ASIDE, clause)
    if aside is None and lexicon.match(Mark.MEANT_INSTEAD, meant) is not None:
        no = lexicon.match(Mark.NO_IN_FRONT, clause)
        clause = clause[no:] if no is not None else ""
    elif aside is not None:
        clause = clause[:aside].strip(_ENDS)
    else:
        return None
    if len(clause) < (_SHORTEST if aside is not None else 1) or not meant:
        return None
    return Denial(denied=clause, meant=_without_lead(meant, lexicon))


def judge_denial(
    read: Denial,
    whole: Understanding,
    clauses: Sequence[Understanding],
    lexicon: Lexicon,
    content: Content,
) -> Denied | None:
    """The denial, now that its parts are understood; None where it is none.

    Args:
        read: The message, parted.
        whole: The message, understood.
        clauses: What is not wanted and, where it is said, what is wanted instead, understood.
        lexicon: Names a person.
        content: Says which topics are never denied.
    """
    denied, meant = clauses[0], clauses[1] if len(clauses) > 1 else None
    no_person = names_person(denied.text, lexicon)
    if not no_person and not _holds(read, whole, denied, meant, content):
        return None
    if _is_grave(whole, denied, content) or (not no_person and _wants_person(whole)):
        return None
    unwanted = _unwanted(denied, meant, whole)
    wants_person = meant is not None and names_person(meant.text, lexicon) and not no_person
    return Denied(
        unwanted=unwanted | _persons(content) if no_person else unwanted,
        meant=meant,
        wants_person=wants_person,
    )


def without_denied_values(words: Understanding, lexicon: Lexicon) -> Understanding:
    """The words without the values that are not meant: 是650,不是500 names 650; 600太多 names none.

    Not all of it (不全部) is too much as well, 别停 stops no card, and only 多还100 is so much more.
    """
    text = words.text
    kept = tuple(
        slot
        for slot in words.slots
        if not _is_denied(text[: slot.start].rstrip(), lexicon)
        and not _is_turned_down(text[slot.end :].lstrip(), lexicon)
    )
    marks = words.marks
    if _is_all_denied(Mark.THE_WHOLE, text, lexicon):
        marks = marks - {Mark.THE_WHOLE} | {Mark.TOO_MUCH}
    if _is_all_denied(Mark.STOPS_A_CARD, text, lexicon):
        marks = marks - {Mark.STOPS_A_CARD}
    money = [slot for slot in kept if slot.kind is SlotKind.MONEY]
    for mark in (Mark.MORE_BY, Mark.LESS_BY):
        if money and not _is_beside(mark, money[-1], text, lexicon):
            marks = marks - {mark}
    if lexicon.at_end(Mark.LEFT_ASIDE, text) is not None:
        marks = marks - _RANKS
    return replace(words, slots=kept, marks=marks)


def left_aside(words: Understanding, lexicon: Lexicon) -> tuple[SlotValue, ...]:
    """The values that are said to be left alone: 第二笔先不动."""
    behind = [(slot, words.text[slot.end :].lstrip()) for slot in words.slots]
    return tuple(s for s, rest in behind if lexicon.match(Mark.LEFT_ASIDE, rest) is not None)


def _is_beside(mark: Mark, slot: SlotValue, text: str, lexicon: Lexicon) -> bool:
    """Whether the mark stands right before or behind a value: 多还100, 100 more."""
    before, behind = text[: slot.start].rstrip(), text[slot.end :].lstrip()
    in_front = not before.endswith(_SIGNS) and lexicon.at_end(mark, before) is not None
    return in_front or lexicon.match(mark, behind) is not None


def _is_turned_down(behind: str, lexicon: Lexicon) -> bool:
    """Whether the value is too much, or left alone."""
    marks = (Mark.TOO_MUCH, Mark.LEFT_ASIDE)
    return any(lexicon.match(mark, behind) is not None for mark in marks)


def _is_all_denied(mark: Mark, text: str, lexicon: Lexicon) -> bool:
    """Whether the mark stands in the text only behind a no."""
    places = lexicon.places(mark, text)
    return bool(places) and all(
        any(lexicon.at_end(no, text[:start]) is not None for no in (Mark.NOT_IT, Mark.NO_IN_FRONT))
        for start, _ in places
    )


def _is_denied(before: str, lexicon: Lexicon) -> bool:
    """Whether a not stands right in front: 不是,九百 denies something else."""
    return not before.endswith(_SIGNS) and lexicon.at_end(Mark.NOT_IT, before) is not None


def _holds(
    read: Denial,
    whole: Understanding,
    denied: Understanding,
    meant: Understanding | None,
    content: Content,
) -> bool:
    """Whether what was read as a denial is one.

    The whole message surely understood as something else than the denied words says what is
    wrong (不用再锁了 wants a card unlocked).
    """
    best, unwanted = whole.best, denied.best
    if best is None:
        return False
    sure = meant is not None and meant.is_likely
    if unwanted is None or not is_offered(unwanted.topic, content):
        return sure and whole.band is not Band.ANSWER
    wanted = meant.best if meant is not None else None
    close = _close_to(denied)
    known = close | ({wanted.topic} if wanted is not None else set())
    if whole.band is Band.ANSWER and best.topic not in known and not read.plainly:
        return False
    deaf = best.topic in close and (whole.band is Band.ANSWER or surely_refuses(whole))
    near = Band.ASK_BACK if read.plainly or deaf else Band.ANSWER
    return sure or denied.band in {Band.ANSWER, near}


def _is_grave(whole: Understanding, denied: Understanding, content: Content) -> bool:
    """Whether the words are near fraud, need or despair, which nobody may hear as denied."""
    intents = [intent_of(b.topic, content) for b in (whole.best, denied.best) if b is not None]
    return any(intent is not None and intent.never_denied for intent in intents)


def _wants_person(whole: Understanding) -> bool:
    """Whether the no is part of surely asking for a person: 不想跟机器人聊."""
    return chance_of(Act.PERSON, whole) >= _SURE_PERSON


def _persons(content: Content) -> frozenset[str]:
    return frozenset(topic.id for topic in topics_of(Role.PERSON, content))


def _unwanted(
    denied: Understanding, meant: Understanding | None, whole: Understanding
) -> frozenset[str]:
    """The topics the denied words stand for.

    What the whole is taken for is among them where the denied words are near it: understanding
    may be deaf to the no.
    """
    best, heard = denied.best, whole.best
    named = frozenset({best.topic.id} if best is not None else ())
    wanted = meant.best if meant is not None else None
    if heard is not None and heard.topic in _close_to(denied):
        named |= {heard.topic.id} - ({wanted.topic.id} if wanted is not None else set())
    return named


def _close_to(words: Understanding) -> set[Topic]:
    """The topics words may stand for: the best and what is not far behind it."""
    first = words.ranking[:_CLOSE_TOPICS]
    return {r.topic for r in first if r.probability >= _CLOSE * first[0].probability}


def _first_clause(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """The clause in front and what follows it."""
    borders = [(found.start(), found.end()) for found in _BORDER.finditer(text)]
    borders += [(start, start) for start, _ in lexicon.places(Mark.MEANT_INSTEAD, text)]
    first = min((border for border in borders if border[0] > 0), default=(len(text), len(text)))
    return text[: first[0]], text[first[1] :]


def _without_lead(text: str, lexicon: Lexicon) -> str:
    """What is meant, without 我是想问 and the like in front of it."""
    while (end := lexicon.match(Mark.MEANT_LEAD, text)) is not None and end < len(text):
        text = text[end:].strip(_ENDS)
    return text
