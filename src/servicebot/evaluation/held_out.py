"""Asks the content's own held-out phrases, which nothing has learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servicebot.content.content import Content
from servicebot.domain.understanding import Band, Language, Understanding
from servicebot.understanding.phrasings import Phrasing, collect_held_out, sets_thresholds
from servicebot.understanding.understand import Understander, Utterance

# Held-out phrases are about topics, not about days; any fixed day gives the same ranking.
_ANY_DAY = date(2026, 1, 1)
_CHOICES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOutReport:
    """Figures of one language; rates are 0..1.

    Attributes:
        asked: Held-out phrases.
        hit_at_1: The best topic is the right one.
        hit_at_3: The right one is among the first three.
        answered: Share in the answer band.
        wrong_answers: Share of wrong ones among the answered; None where none was answered.
        asked_back: Share in the ask-back band.
    """

    language: Language
    asked: int
    hit_at_1: float
    hit_at_3: float
    answered: float
    wrong_answers: float | None
    asked_back: float


def evaluate_held_out(content: Content, understander: Understander) -> tuple[HeldOutReport, ...]:
    """Asks every held-out phrase that set no threshold, language by language."""
    held_out = [phrase for phrase in collect_held_out(content) if not sets_thresholds(phrase)]
    reports = []
    for language in Language:
        asked = [phrase for phrase in held_out if phrase.language is language]
        if asked:
            reports.append(_report(language, asked, understander))
    return tuple(reports)


def _report(
    language: Language, asked: Sequence[Phrasing], understander: Understander
) -> HeldOutReport:
    understood = understander.understand(
        [Utterance(text=phrase.text, language_hint=language, today=_ANY_DAY) for phrase in asked]
    )
    pairs = list(zip(understood, asked, strict=True))
    right = [_within(found, phrase, 1) for found, phrase in pairs]
    answered = [found.band is Band.ANSWER for found in understood]
    wrong = sum(1 for hit, sent in zip(right, answered, strict=True) if sent and not hit)
    return HeldOutReport(
        language=language,
        asked=len(asked),
        hit_at_1=sum(right) / len(asked),
        hit_at_3=sum(_within(found, phrase, _CHOICES) for found, phrase in pairs) / len(asked),
        answered=sum(answered) / len(asked),
        wrong_answers=wrong / sum(answered) if any(answered) else None,
        asked_back=sum(found.band is Band.ASK_BACK for found in understood) / len(asked),
    )


def _within(found: Understanding, phrase: Phrasing, places: int) -> bool:
    return phrase.topic in [line.topic for line in found.ranking[:places]]
