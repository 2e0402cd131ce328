"""Why a question was understood as it was, for somebody who edits phrases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.content.content import Content
from servicebot.domain.heard import Heard
from servicebot.domain.understanding import Language, RankedTopic, Topic
from servicebot.ports.encoder import Encoder
from servicebot.studio.titles import title_of
from servicebot.understanding.phrasings import collect_phrasings

_TOPICS: Final = 5
_PHRASES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPhrase:
    """A taught phrase and how near it is, -1..1."""

    text: str
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One topic that the question may mean.

    Attributes:
        topic: Its id.
        title: As the studio shows it.
        probability: 0..1.
        phrases: Its phrases nearest to the question.
        words: The question's own words that these phrases have too.
    """

    topic: str
    title: str
    probability: float
    phrases: tuple[NearPhrase, ...]
    words: tuple[str, ...]


def explain(heard: Heard, content: Content, encoder: Encoder) -> tuple[Reason, ...]:
    """The topics that were likeliest, with what speaks for each."""
    whole = heard.whole
    ranking = whole.ranking[:_TOPICS]
    phrases = _phrases(content, whole.language, {ranked.topic for ranked in ranking})
    asked = encoder.encode((whole.text,))[0]
    return tuple(
        _reason(ranked, whole.text, phrases.get(ranked.topic, ()), content, encoder, asked)
        for ranked in ranking
    )


def _reason(
    ranked: RankedTopic,
    text: str,
    phrases: Sequence[str],
    content: Content,
    encoder: Encoder,
    asked: NDArray[np.float32],
) -> Reason:
    near = encoder.encode(phrases) @ asked if phrases else ()
    order = sorted(range(len(phrases)), key=lambda place: -float(near[place]))[:_PHRASES]
    nearest = tuple(
        NearPhrase(text=phrases[place], nearness=round(float(near[place]), 3)) for place in order
    )
    return Reason(
        topic=ranked.topic.id,
        title=title_of(ranked.topic.id, content),
        probability=round(ranked.probability, 4),
        phrases=nearest,
        words=_common(text, [one.text for one in nearest]),
    )


def _common(text: str, phrases: Sequence[str]) -> tuple[str, ...]:
    """The longest runs of the text that stand in one of the phrases, in reading order."""
    found: list[str] = []
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and any(text[start : end + 1] in phrase for phrase in phrases):
            end += 1
        run = text[start:end].strip()
        if len(run) > 1:
            found.append(run)
        start = max(end, start + 1)
    return tuple(dict.fromkeys(found))


def _phrases(
    content: Content, language: Language, topics: set[Topic]
) -> dict[Topic, tuple[str, ...]]:
    found: dict[Topic, list[str]] = {topic: [] for topic in topics}
    for phrase in collect_phrasings(content):
        if phrase.language is language and phrase.topic in found:
            found[phrase.topic].append(phrase.text)
    return {topic: tuple(texts) for topic, texts in found.items()}
