"""A stand-in for the understander: the nearest of a few phrases by shared pairs of characters."""

from collections.abc import Mapping, Sequence

from servicebot.content.content import Content
from servicebot.domain.marks import SEEN_BY_DIALOGUE
from servicebot.domain.understanding import (
    Band,
    Language,
    RankedTopic,
    Topic,
    TopicKind,
    Understanding,
)
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.language import choose_language
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import build_product_names, normalize
from servicebot.understanding.understand import Utterance

SURE, LIKELY = 0.7, 0.45


class NearestPhrase:
    """Understands by overlap with the phrases it is given; always the same answer."""

    def __init__(self, phrases: Mapping[str, str], content: Content) -> None:
        self._lexicon = Lexicon(content.marks)
        self._products = build_product_names(content)
        self._phrases = [(_pairs(normalize(text)), _topic(name)) for text, name in phrases.items()]

    def understand(self, utterances: Sequence[Utterance]) -> tuple[Understanding, ...]:
        """Understands a batch, in order."""
        return tuple(self._one(utterance) for utterance in utterances)

    def _one(self, utterance: Utterance) -> Understanding:
        text = normalize(utterance.text)
        said = _pairs(text)
        chances: dict[Topic, float] = {}
        for pairs, topic in self._phrases:
            shared = 2 * len(said & pairs) / (len(said) + len(pairs))
            chances[topic] = max(chances.get(topic, 0.0), round(shared, 6))
        order = sorted(chances, key=lambda topic: (-chances[topic], topic.id))
        ranking = tuple(RankedTopic(topic=t, probability=chances[t]) for t in order if chances[t])
        return Understanding(
            text=text,
            language=choose_language(text, utterance.language_hint) or Language.ZH,
            ranking=ranking[:10],
            band=_band(ranking[0].probability if ranking else 0.0),
            slots=extract_slots(text, today=utterance.today, products=self._products),
            marks=self._lexicon.found_in(text, SEEN_BY_DIALOGUE),
        )


def _band(probability: float) -> Band:
    if probability >= SURE:
        return Band.ANSWER
    return Band.ASK_BACK if probability >= LIKELY else Band.HAND_OVER


def _pairs(text: str) -> frozenset[str]:
    spaced = f" {text.strip(' ?!.,')} "
    return frozenset(spaced[place : place + 2] for place in range(len(spaced) - 1))


def _topic(name: str) -> Topic:
    return Topic(kind=TopicKind.ARTICLE if "/" in name else TopicKind.INTENT, id=name)
