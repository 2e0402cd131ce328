"""Draws pairs that do the same, whatever they are about: 冻吧 and 还吧 both agree."""

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.parse_act import NO_ACT
from servicebot.domain.understanding import Language
from servicebot.training.fit_acts import taught_acts
from servicebot.training.topic_batches import PairBatch

# Pairs of each language and across both; texts that do nothing stand alone.
_PAIRS: Final = 26
_BRIDGES: Final = 8
_ALONE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLines:
    """The phrases of one act in both languages, normalized."""

    act: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


def taught_act_lines(content: Content) -> tuple[ActLines, ...]:
    """Every act with the phrases its files teach, `none` among them; nothing that is held out."""
    found: dict[str, dict[Language, list[str]]] = defaultdict(lambda: {one: [] for one in Language})
    for language in Language:
        for text, act in taught_acts(content, language).items():
            found[act][language].append(text)
    return tuple(
        ActLines(act=act, zh=tuple(lines[Language.ZH]), en=tuple(lines[Language.EN]))
        for act, lines in sorted(found.items())
    )


class ActBatches:
    """Draws batches of acts; an act with many phrases comes oftener, by the root of their number."""

    def __init__(self, lines: Sequence[ActLines]) -> None:
        self._acts = [
            one for one in lines if one.act != NO_ACT and min(len(one.zh), len(one.en)) > 1
        ]
        self._nothing = [text for one in lines if one.act == NO_ACT for text in (*one.zh, *one.en)]
        self._weights: Mapping[Language, Sequence[float]] = {
            Language.ZH: [math.sqrt(len(one.zh)) for one in self._acts],
            Language.EN: [math.sqrt(len(one.en)) for one in self._acts],
        }

    def draw(self, dice: random.Random) -> PairBatch:
        """One batch; a text that does nothing is its own partner, and everybody's negative."""
        pairs = [
            (*dice.sample(self._acts[n].zh, 2), n) for n in self._some(Language.ZH, _PAIRS, dice)
        ]
        pairs += [
            (*dice.sample(self._acts[n].en, 2), n) for n in self._some(Language.EN, _PAIRS, dice)
        ]
        pairs += [
            (dice.choice(self._acts[n].zh), dice.choice(self._acts[n].en), n)
            for n in self._some(Language.ZH, _BRIDGES, dice)
        ]
        alone = dice.sample(self._nothing, min(_ALONE, len(self._nothing)))
        pairs += [(text, text, len(self._acts) + n) for n, text in enumerate(alone)]
        left, right, numbers = zip(*pairs, strict=True)
        return PairBatch(left=left, right=right, topics=numbers)

    def _some(self, language: Language, count: int, dice: random.Random) -> list[int]:
        return dice.choices(range(len(self._acts)), self._weights[language], k=count)
