"""Content + encoder -> an `Understander`, fitted or read from the cache."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.content.content import Content
from servicebot.domain.costs import USUAL, Costs
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language, Topic
from servicebot.ports.encoder import Encoder
from servicebot.training.assemble import assemble_recognizer
from servicebot.training.exam import cross_fit, sit_exam
from servicebot.training.fit_acts import (
    fit_acts,
    held_out_acts,
    same_as,
    taught_acts,
)
from servicebot.training.fit_confidence import NO_CONFIDENCE, fit_confidence
from servicebot.training.fit_head import prepare_head
from servicebot.training.fitted_files import FittedParts, load_fitted, save_fitted
from servicebot.training.known_rows import KnownRows, gather_rows
from servicebot.training.remembered_vectors import RememberedVectors
from servicebot.training.single_thread import single_thread
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import build_product_names, build_synonym_tables
from servicebot.understanding.phrasings import (
    Phrasing,
    collect_held_out,
    collect_phrasings,
    sets_thresholds,
)
from servicebot.understanding.recognize import Recognizer
from servicebot.understanding.understand import Understander

# Raise it with every change after which the same content may be fitted to other numbers.
CODE_VERSION: Final = 21
# Fewer questions than this say too little; then every phrase is left out in turn instead.
LEAST_QUESTIONS: Final = 300
_KEY_LENGTH: Final = 24
_STEPS: Final = 3


def fit_understander(  # noqa: PLR0913  the settings of one fit, each with a name
    content: Content,
    *,
    encoder: Encoder,
    cache_folder: Path | None,
    wrong_answer_rate: float = 0.02,
    costs: Costs = USUAL,
    fit_apart: Callable[[], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Understander:
    """Builds the understander of one version of the content.

    Args:
        content: Every phrase of it that is not held out is learnt; half of those held out set the
            thresholds.
        encoder: Any; its fingerprint is part of the cache key.
        cache_folder: Where fitted parts are kept; None fits anew every time.
        wrong_answer_rate: The allowed share of wrong ones among automatic answers, 0..1.
        costs: What decides between answering and asking back; needs no new fit.
        fit_apart: Called when the cache has nothing; it may fill the cache, which is then read
            instead of fitting here.
        tell: Is told how far a fit is: the language, the step of so many, and what it does.

    Raises:
        ContentError: The content teaches no phrase at all.
    """
    labelled = _by_language(collect_phrasings(content))
    labelled = _by_language(collect_phrasings(content))
    key = _key(_taught_hash(content), encoder.fingerprint, wrong_answer_rate)
    cached = _cached(cache_folder, key)
    if cached is None and fit_apart is not None:
        fit_apart()
        cached = _cached(cache_folder, key)
    fits_here = cache_folder is not None and cached is None
    remembered = RememberedVectors(encoder, cache_folder) if fits_here and cache_folder else None
    reader: Encoder = remembered or encoder

    def fit_language(language: Language) -> tuple[FittedParts, Recognizer]:
        step = partial(_tell_step, tell, language)
        part = _usable(cached, language, len(labelled[language]))
        step(1, f"reads {len(labelled[language]):,} phrases")
        rows = gather_rows(
            labelled[language], reader, vectors=None if part is None else part.vectors
        )
        if part is None:
            step(2, "learns the topics and sits the exam")
            asked = _practice(content, language)
            part, _ = fit_parts(rows, reader, wrong_answer_rate=wrong_answer_rate, questions=asked)
            step(3, "learns what customers do with words")
            part = replace(part, acts=fit_acts(content, language, rows, reader))
        named, tasks = same_as(content, language), _tasks(content)
        return part, assemble_recognizer(rows, part.at(costs), named=named, tasks=tasks)

    # One thread for each language, and only one inside each: torch's number is for all of them.
    with single_thread(), ThreadPoolExecutor(len(labelled)) as pool:
        fitted = dict(zip(labelled, pool.map(fit_language, labelled), strict=True))
    if cache_folder is not None and remembered is not None:
        remembered.keep()
        save_fitted(cache_folder, key, {one: part for one, (part, _) in fitted.items()})
    recognizers = {one: recognizer for one, (_, recognizer) in fitted.items()}
    return _assemble(content, encoder, recognizers, key)


def _assemble(
    content: Content, encoder: Encoder, recognizers: Mapping[Language, Recognizer], key: str
) -> Understander:
    return Understander(
        encoder=encoder,
        recognizers=recognizers,
        synonyms=build_synonym_tables(content.synonyms),
        lexicon=Lexicon(content.marks),
        products=build_product_names(content),
        product_lines=content.product_lines,
        model_hash=key,
    )


def _practice(content: Content, language: Language) -> list[tuple[str, Topic]]:
    """The half of the held-out phrases that set the confidence."""
    asked = (p for p in collect_held_out(content) if sets_thresholds(p))
    return [(p.text, p.topic) for p in asked if p.language is language]


def _tell_step(
    tell: Callable[[str], None] | None, language: Language, step: int, what: str
) -> None:
    if tell is not None:
        tell(f"{language}, step {step} of {_STEPS}, {what}")


def fit_parts(
    rows: KnownRows,
    encoder: Encoder,
    *,
    wrong_answer_rate: float,
    questions: Sequence[tuple[str, Topic]] = (),
) -> tuple[FittedParts, NDArray[np.float64]]:
    """Fits the head and the confidence of one language.

    Args:
        rows: What is learnt.
        encoder: What encoded the rows.
        wrong_answer_rate: The allowed share of wrong ones among automatic answers, 0..1.
        questions: Phrases that nobody learnt from, for the confidence. Where there are too few, the
            rows are left out in turn, which is honest only if the encoder has not learnt them.

    Returns:
        The parts, and for each question, or each row, the probability of its best topic.
    """
    with single_thread():
        fit = prepare_head(rows)
        head = fit.head()
        unsure = FittedParts(vectors=rows.vectors, head=head, confidence=NO_CONFIDENCE)
        recognizer = assemble_recognizer(rows, unsure)
        if len(questions) >= LEAST_QUESTIONS:
            exam = sit_exam(questions, rows, fit, recognizer, encoder)
        else:
            exam = cross_fit(rows, fit, recognizer, encoder)
        confidence, left_out = fit_confidence(exam, wrong_answer_rate=wrong_answer_rate)
    return FittedParts(vectors=rows.vectors, head=head, confidence=confidence), left_out


def _tasks(content: Content) -> frozenset[str]:
    return frozenset(one.id for one in content.intents.values() if one.flow is not None)


def _by_language(
    phrasings: Sequence[Phrasing],
) -> Mapping[Language, tuple[tuple[str, Topic], ...]]:
    languages = sorted({phrasing.language for phrasing in phrasings})
    if not languages:
        message = "no intent and no article teaches a phrase; write `examples` or `asked_as`"
        raise ContentError(
            (ContentFault(path="intents", line=0, rule="no-phrases", message=message),)
        )
    return {
        language: tuple((p.text, p.topic) for p in phrasings if p.language is language)
        for language in languages
    }


def _cached(folder: Path | None, key: str) -> Mapping[Language, FittedParts] | None:
    return None if folder is None else load_fitted(folder, key)


def _usable(
    cached: Mapping[Language, FittedParts] | None, language: Language, count: int
) -> FittedParts | None:
    part = None if cached is None else cached.get(language)
    return part if part is not None and len(part.vectors) == count else None


def _taught_hash(content: Content) -> str:
    """Hash of all that is learnt or asked in the fit: an answer may change without a new fit."""
    digest = hashlib.sha256()
    for phrases in (collect_phrasings(content), collect_held_out(content)):
        for phrase in phrases:
            topic = phrase.topic
            line = f"{phrase.language}|{topic.kind}|{topic.id}|{phrase.text}\n"
            digest.update(line.encode())
    for language in Language:
        for text, label in taught_acts(content, language).items():
            digest.update(f"{language}|{label}|{text}\n".encode())
        for text in held_out_acts(content, language):
            digest.update(f"{language}||{text}\n".encode())
    digest.update(repr(content.synonyms).encode())
    digest.update(repr(sorted(one.same_as for one in content.acts.values())).encode())
    return digest.hexdigest()


def _key(taught: str, encoder: str, wrong_answer_rate: float) -> str:
    named = f"{CODE_VERSION}|{taught}|{encoder}|{wrong_answer_rate!r}"
    return hashlib.sha256(named.encode()).hexdigest()[:_KEY_LENGTH]
