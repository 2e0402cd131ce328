"""The story of understanding: text -> language -> ranking -> band, with the slots beside it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.content.topics import line_of
from servicebot.domain.costs import Costs
from servicebot.domain.marks import SEEN_BY_DIALOGUE
from servicebot.domain.understanding import (
    ActChance,
    Band,
    Language,
    RankedTopic,
    SlotKind,
    SlotValue,
    Understanding,
)
from servicebot.ports.encoder import Encoder
from servicebot.understanding.confidence import Threshold
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.language import choose_language
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import SynonymTable, normalize, without_end_marks
from servicebot.understanding.recognize import Asked, Recognizer
from servicebot.understanding.slots.products import NamedProducts

_CACHED_TEXTS: Final = 20_000
NO_MARKS: Final = Lexicon(())


# A text, its language, and whether it was said.
_Key = tuple[str, Language, bool]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text means, whatever day it is."""

    ranking: tuple[RankedTopic, ...]
    band: Band
    acts: tuple[ActChance, ...]
    signals: tuple[ActChance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One message as the turn hands it in.

    Attributes:
        text: As the customer wrote it.
        language_hint: The language of the conversation so far, or None.
        today: The date at the bank, for `tomorrow` and `the 5th`.
        said: Whether the customer used just these words: only then it is read what they do.
    """

    text: str
    language_hint: Language | None
    today: date
    said: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a message was understood as it was.

    Attributes:
        understanding: What the bot made of it; its ranking holds the raw signals.
        answer: The threshold of the answer band and what it rests on.
        ask_back: What is asked back of the held-out messages at these costs.
        model_hash: Hash of content, encoder and fitted parts.
        costs: What decides between answering, asking back and neither.
    """

    understanding: Understanding
    answer: Threshold
    ask_back: Threshold
    model_hash: str
    costs: Costs


class Understander:
    """Understands messages; safe for any number of threads, and the same bits in any batch."""

    def __init__(  # noqa: PLR0913  the parts of one understander, each with a name
        self,
        *,
        encoder: Encoder,
        recognizers: Mapping[Language, Recognizer],
        synonyms: Mapping[Language, SynonymTable],
        products: NamedProducts,
        model_hash: str,
        lexicon: Lexicon = NO_MARKS,
        product_lines: frozenset[str] = frozenset(),
    ) -> None:
        if not recognizers:
            raise ValueError("an understander needs the phrases of at least one language")
        self._encoder = encoder
        self._recognizers = dict(recognizers)
        self._synonyms = synonyms
        self._lexicon = lexicon
        self._products = products
        self._product_lines = product_lines
        self._model_hash = model_hash
        self._known: OrderedDict[_Key, Verdict] = OrderedDict()
        self._lock = Lock()

    @property
    def model_hash(self) -> str:
        """Hash of everything a decision depends on; stands on every receipt."""
        return self._model_hash

    def understand(self, utterances: Sequence[Utterance]) -> tuple[Understanding, ...]:
        """Understands a batch: one encode for all of it, the cache in front."""
        written = [normalize(utterance.text, keep_signs=True) for utterance in utterances]
        languages = [
            choose_language(text, utterance.language_hint)
            for text, utterance in zip(written, utterances, strict=True)
        ]
        texts = [
            self._synonyms[language].replace(text)
            for text, language in zip(written, languages, strict=True)
        ]
        said = [utterance.said for utterance in utterances]
        verdicts = self._judge(list(zip(texts, languages, said, strict=True)))
        slots = [
            extract_slots(text, today=utterance.today, products=self._products)
            for text, utterance in zip(texts, utterances, strict=True)
        ]
        return tuple(
            Understanding(
                text=text,
                language=language,
                ranking=verdict.ranking,
                band=self._band(verdict, named),
                slots=named,
                acts=verdict.acts,
                signals=verdict.signals,
                marks=self._lexicon.found_in(text, SEEN_BY_DIALOGUE),
            )
            for text, language, verdict, named in zip(
                texts, languages, verdicts, slots, strict=True
            )
        )

    def _band(self, verdict: Verdict, slots: Sequence[SlotValue]) -> Band:
        """The band; where another product is named than the best article is about, never sure."""
        if verdict.band is not Band.ANSWER:
            return verdict.band
        named = {slot.value for slot in slots if slot.kind is SlotKind.PRODUCT}
        named &= self._product_lines
        line = line_of(verdict.ranking[0].topic)
        other = bool(named) and line in self._product_lines and line not in named
        return Band.ASK_BACK if other else Band.ANSWER

    def explain(
        self, text: str, *, today: date, language_hint: Language | None = None
    ) -> Explanation:
        """Understands one message and says what the thresholds rest on."""
        utterance = Utterance(text=text, language_hint=language_hint, today=today)
        understanding = self.understand((utterance,))[0]
        confidence = self._recognizer(understanding.language).confidence
        return Explanation(
            understanding=understanding,
            answer=confidence.answer,
            ask_back=confidence.ask_back,
            model_hash=self._model_hash,
            costs=confidence.costs,
        )

    def thresholds(self) -> Mapping[Language, tuple[Threshold, Threshold]]:
        """The thresholds of the answer and the ask-back band, by language."""
        return {
            language: (recognizer.confidence.answer, recognizer.confidence.ask_back)
            for language, recognizer in self._recognizers.items()
        }

    def _judge(self, asked: Sequence[_Key]) -> list[Verdict]:
        known = self._recall(asked)
        unknown = sorted({key for key in asked if key not in known})
        if unknown:
            fresh = self._verdicts(unknown, self._encode(unknown))
            self._remember(fresh)
            known |= fresh
        return [known[key] for key in asked]

    def _encode(self, asked: Sequence[_Key]) -> Mapping[str, NDArray[np.float32]]:
        """The vectors of the texts without their last punctuation, and of those said as they are."""
        plain = [without_end_marks(text) for text, _, _ in asked]
        said = [text for text, _, was_said in asked if was_said]
        texts = list(dict.fromkeys((*plain, *said)))
        return dict(zip(texts, self._encoder.encode(texts), strict=True))

    def _verdicts(
        self, asked: Sequence[_Key], vectors: Mapping[str, NDArray[np.float32]]
    ) -> dict[_Key, Verdict]:
        found: dict[_Key, Verdict] = {}
        for language in {language for _, language, _ in asked}:
            places = [place for place, key in enumerate(asked) if key[1] is language]
            recognizer = self._recognizer(language)
            judged = recognizer.judge(
                [
                    Asked(
                        text=without_end_marks(text),
                        vector=vectors[without_end_marks(text)],
                        said=vectors[text] if was_said else None,
                    )
                    for text, _, was_said in (asked[place] for place in places)
                ]
            )
            for place, (ranking, acts, signals) in zip(places, judged, strict=True):
                band = recognizer.band(ranking, language)
                found[asked[place]] = Verdict(ranking, band, acts, signals)
        return found

    def _recognizer(self, language: Language) -> Recognizer:
        """The language's own recognizer; where there is none, the encoder bridges to another."""
        found = self._recognizers.get(language)
        return found or self._recognizers[min(self._recognizers)]

    def _recall(self, asked: Sequence[_Key]) -> dict[_Key, Verdict]:
        with self._lock:
            return {key: self._known[key] for key in asked if key in self._known}

    def _remember(self, fresh: Mapping[_Key, Verdict]) -> None:
        with self._lock:
            self._known.update(fresh)
            while len(self._known) > _CACHED_TEXTS:
                self._known.popitem(last=False)
