"""Questions that were missed: those that mean the same together, each with suggested homes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from servicebot.content.content import Content
from servicebot.domain.heard import Heard
from servicebot.domain.understanding import Language, TopicKind
from servicebot.ports.encoder import Encoder
from servicebot.studio.effect import PastQuestion
from servicebot.studio.titles import title_of

# Cosine from which two questions are of one group. Of pairs of held-out phrases of one topic 37 %
# (Chinese) and 17 % (English) are that near, of pairs of two topics 0.05 and 0.03 %; at 0.6 it is
# 48 and 23 % against 0.12 and 0.09 %. A group is better small than mixed.
_TOGETHER: Final = 0.65
_HOMES: Final = 3
_LEAST_CHANCE: Final = 0.01  # less is no likeness, and no home
_ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A topic that a group may belong to.

    Attributes:
        topic: Its id.
        title: As the studio shows it.
        path: The file whose phrases would be added to.
        chance: The mean chance over the group, 0..1.
    """

    topic: str
    title: str
    path: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissGroup:
    """Questions that mean the same.

    Attributes:
        id: Of its questions.
        language: Of all of them.
        questions: Those asked most first.
        asked: How often all of them were asked.
        handed_over: How often a person was called.
        unanswered: How often they were not understood.
        asked_back: How often they were asked back in vain.
        unsolved: How often the answer was said not to solve it.
        homes: Where it may belong, likeliest first.
        phrase: The question that stands for the group: nearest to all others.
    """

    id: str
    language: Language
    questions: tuple[PastQuestion, ...]
    asked: int
    handed_over: int
    unanswered: int
    asked_back: int
    unsolved: int
    homes: tuple[Home, ...]
    phrase: str


def group_misses(
    misses: Sequence[PastQuestion], heard: Sequence[Heard], content: Content, encoder: Encoder
) -> tuple[MissGroup, ...]:
    """Groups questions around the one asked most: each joins the first group that is near enough.

    Args:
        misses: The questions.
        heard: What was heard in each.
        content: Names the topics.
        encoder: Says what is near.
    """
    if not misses:
        return ()
    order = sorted(range(len(misses)), key=lambda n: (-misses[n].asked, misses[n].text))
    vectors = encoder.encode([heard[n].whole.text for n in range(len(misses))])
    centres: list[int] = []
    members: list[list[int]] = []
    for number in order:
        language = heard[number].whole.language
        near = [
            float(vectors[number] @ vectors[centre])
            if heard[centre].whole.language is language
            else -1.0
            for centre in centres
        ]
        best = int(np.argmax(near)) if near else -1
        if best >= 0 and near[best] >= _TOGETHER:
            members[best].append(number)
        else:
            centres.append(number)
            members.append([number])
    made = [_group(numbers, misses, heard, content, vectors) for numbers in members]
    return tuple(sorted(made, key=lambda one: (-one.asked, one.phrase)))


def _group(
    numbers: Sequence[int],
    misses: Sequence[PastQuestion],
    heard: Sequence[Heard],
    content: Content,
    vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> MissGroup:
    questions = tuple(misses[n] for n in numbers)
    inside = vectors[list(numbers)]
    middle = int(np.argmax((inside @ inside.T).sum(axis=1)))
    language = heard[numbers[0]].whole.language
    named = "\0".join(sorted(one.text for one in questions))
    return MissGroup(
        id=hashlib.sha256(named.encode()).hexdigest()[:_ID_LENGTH],
        language=language,
        questions=questions,
        asked=sum(one.asked for one in questions),
        handed_over=sum(one.handed_over for one in questions),
        unanswered=sum(one.unanswered for one in questions),
        asked_back=sum(one.asked_back for one in questions),
        unsolved=sum(one.unsolved for one in questions),
        homes=_homes([heard[n] for n in numbers], content, language),
        phrase=questions[middle].text,
    )


def _homes(heard: Sequence[Heard], content: Content, language: Language) -> tuple[Home, ...]:
    chances: dict[str, float] = {}
    for one in heard:
        for ranked in one.whole.ranking:
            if ranked.topic.kind is not TopicKind.ACT:
                known = chances.get(ranked.topic.id, 0.0)
                chances[ranked.topic.id] = known + ranked.probability / len(heard)
    likeliest = sorted(chances.items(), key=lambda item: (-item[1], item[0]))[:_HOMES]
    return tuple(
        Home(
            topic=topic,
            title=title_of(topic, content, language),
            path=_path(topic, content, language),
            chance=round(chance, 4),
        )
        for topic, chance in likeliest
        if chance >= _LEAST_CHANCE and _path(topic, content, language)
    )


def _path(topic: str, content: Content, language: Language) -> str:
    article = content.articles.get((topic, language))
    intent = content.intents.get((topic, language))
    found = article or intent
    return found.path if found is not None else ""
