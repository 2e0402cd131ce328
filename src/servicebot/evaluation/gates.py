"""What the gates let through: the content is fitted without some of its topics, then asked.

Customers ask what nobody has taught, and they type nonsense. So every twelfth question is taken out
of the content before it is fitted, for every product that answers it, and its phrases are asked
beside those of the rest. One such set holds fewer than a hundred English lines, and one line more or
less is a third of a percent: so several sets are taken out in turn, and all that was asked is judged
together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zlib import crc32

from servicebot.content.content import Content
from servicebot.content.topics import is_offered
from servicebot.domain.understanding import Band, Language, Topic, Understanding
from servicebot.training.foreign_texts import make_foreign_texts
from servicebot.understanding.phrasings import Phrasing, collect_held_out, sets_thresholds
from servicebot.understanding.understand import Understander, Utterance

# Held-out phrases are about topics, not about days; any fixed day gives the same ranking.
_ANY_DAY: Final = date(2026, 1, 1)
_CHOICES: Final = 3
SETS: Final = 12  # every question belongs to one
_NONSENSE: Final = 200
# Other nonsense than the exam's, which the gates were fitted to.
_NONSENSE_SEED: Final = 20_261_129
_BINS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What was found of one set, in one language.

    Attributes:
        taught: Lines of topics that were taught and set no threshold.
        found: What was understood of each.
        strangers: Likewise, of the lines of what was taken out.
        noise: Likewise, of nonsense.
    """

    taught: tuple[Phrasing, ...]
    found: tuple[Understanding, ...]
    strangers: tuple[Understanding, ...]
    noise: tuple[Understanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Phrases whose best topic had a probability from `least` on, up to the next bin's.

    Attributes:
        least: Lower end, 0..1; the bins are a tenth wide.
        asked: How many.
        mean: Their mean probability.
        right: The share of right ones among them.
    """

    least: float
    asked: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """Figures of one language over all sets; rates are 0..1.

    Attributes:
        asked: Held-out phrases of taught topics that set no threshold, once for each set.
        served: Answered rightly, or asked back with the right topic among the choices.
        within_three: The right topic is among the first three: what no gate can pass.
        answered: Share that is answered.
        wrong_answers: Share of wrong ones among the answered.
        asked_back: Share that is asked back.
        removed: Phrases of topics that were taken out, all of them.
        removed_answered: Share of them that is answered.
        removed_asked_back: Share of them that gets choices.
        nonsense: Texts that mean nothing.
        nonsense_answered: Share of them that is answered.
        nonsense_asked_back: Share of them that gets choices.
        outside_answered: Share that is answered of removed phrases and nonsense together.
        calibration_error: Mean distance of probability and share of right ones, over the bins.
        reliability: The bins, lowest first, those without a phrase left out.
    """

    language: Language
    asked: int
    served: float
    within_three: float
    answered: float
    wrong_answers: float
    asked_back: float
    removed: int
    removed_answered: float
    removed_asked_back: float
    nonsense: int
    nonsense_answered: float
    nonsense_asked_back: float
    outside_answered: float
    calibration_error: float
    reliability: tuple[Bin, ...]


def evaluate_gates(
    content: Content, fit: Callable[[Content], Understander], *, sets: int = 1
) -> tuple[GateReport, ...]:
    """Fits the content without every twelfth question and asks what was held out.

    Args:
        content: All of it.
        fit: Fits content; takes minutes.
        sets: How many different twelfths are taken out in turn, 1 to 12.
    """
    held_out = collect_held_out(content)
    asked: dict[Language, list[_Asked]] = {language: [] for language in Language}
    for number in range(sets):
        removed = removed_topics(content, number)
        understander = fit(_without(content, removed))
        for language in Language:
            lines = [phrase for phrase in held_out if phrase.language is language]
            if lines:
                asked[language].append(_ask(language, lines, removed, understander, number))
    return tuple(_report(language, found) for language, found in asked.items() if found)


def removed_topics(content: Content, number: int = 0) -> frozenset[Topic]:
    """Every twelfth question of business; small talk and what steers a conversation stay."""
    asks = {article.id: article.asks for article in content.articles.values()}
    topics = {phrase.topic for phrase in collect_held_out(content)}
    return frozenset(
        topic
        for topic in topics
        if is_offered(topic, content)
        and crc32(asks.get(topic.id, topic.id).encode()) % SETS == number
    )


def _without(content: Content, removed: frozenset[Topic]) -> Content:
    ids = {topic.id for topic in removed}
    return replace(
        content,
        articles={key: one for key, one in content.articles.items() if key[0] not in ids},
        intents={key: one for key, one in content.intents.items() if key[0] not in ids},
    )


def _ask(
    language: Language,
    held_out: Sequence[Phrasing],
    removed: frozenset[Topic],
    understander: Understander,
    number: int,
) -> _Asked:
    taught = tuple(p for p in held_out if p.topic not in removed and not sets_thresholds(p))
    outside = [p.text for p in held_out if p.topic in removed]
    seed = _NONSENSE_SEED + number
    nonsense = make_foreign_texts([p.text for p in held_out], _NONSENSE, seed=seed)
    return _Asked(
        taught=taught,
        found=_understand([p.text for p in taught], language, understander),
        strangers=_understand(outside, language, understander),
        noise=_understand(nonsense, language, understander),
    )


def _report(language: Language, asked: Sequence[_Asked]) -> GateReport:
    taught = [phrase for one in asked for phrase in one.taught]
    found = [understood for one in asked for understood in one.found]
    strangers = [understood for one in asked for understood in one.strangers]
    noise = [understood for one in asked for understood in one.noise]
    right = [_within(one, p.topic, 1) for one, p in zip(found, taught, strict=True)]
    three = [_within(one, p.topic, _CHOICES) for one, p in zip(found, taught, strict=True)]
    bands = [one.band for one in found]
    served = [
        (band is Band.ANSWER and first) or (band is Band.ASK_BACK and among)
        for band, first, among in zip(bands, right, three, strict=True)
    ]
    answered = [first for band, first in zip(bands, right, strict=True) if band is Band.ANSWER]
    bins = _bins(found, right)
    return GateReport(
        language=language,
        asked=len(taught),
        served=_share(served),
        within_three=_share(three),
        answered=_share([band is Band.ANSWER for band in bands]),
        wrong_answers=1.0 - _share(answered) if answered else 0.0,
        asked_back=_share([band is Band.ASK_BACK for band in bands]),
        removed=len(strangers),
        removed_answered=_in_band(strangers, Band.ANSWER),
        removed_asked_back=_in_band(strangers, Band.ASK_BACK),
        nonsense=len(noise),
        nonsense_answered=_in_band(noise, Band.ANSWER),
        nonsense_asked_back=_in_band(noise, Band.ASK_BACK),
        outside_answered=_in_band((*strangers, *noise), Band.ANSWER),
        calibration_error=sum(abs(b.mean - b.right) * b.asked for b in bins) / max(len(taught), 1),
        reliability=bins,
    )


def _understand(
    texts: Sequence[str], language: Language, understander: Understander
) -> tuple[Understanding, ...]:
    return understander.understand(
        [Utterance(text=text, language_hint=language, today=_ANY_DAY) for text in texts]
    )


def _bins(found: Sequence[Understanding], right: Sequence[bool]) -> tuple[Bin, ...]:
    """Reliability: what was promised beside what was right, by tenths of the probability."""
    chances = [one.best.probability if one.best is not None else 0.0 for one in found]
    bins = []
    for number in range(_BINS):
        inside = [
            (chance, hit)
            for chance, hit in zip(chances, right, strict=True)
            if min(int(chance * _BINS), _BINS - 1) == number
        ]
        if inside:
            bins.append(
                Bin(
                    least=number / _BINS,
                    asked=len(inside),
                    mean=sum(chance for chance, _ in inside) / len(inside),
                    right=_share([hit for _, hit in inside]),
                )
            )
    return tuple(bins)


def _within(found: Understanding, topic: Topic, places: int) -> bool:
    return topic in [line.topic for line in found.ranking[:places]]


def _in_band(found: Sequence[Understanding], band: Band) -> float:
    return _share([one.band is band for one in found])


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
