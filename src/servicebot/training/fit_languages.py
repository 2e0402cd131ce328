"""Fits every language of a content, one thread for each."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.understanding import Language, Topic
from servicebot.ports.encoder import Encoder
from servicebot.training.fit_acts import fit_acts
from servicebot.training.fit_parts import fit_parts
from servicebot.training.fitted_files import FittedParts
from servicebot.training.known_rows import gather_rows
from servicebot.training.remembered_vectors import RememberedVectors
from servicebot.training.single_thread import single_thread
from servicebot.understanding.phrasings import (
    Phrasing,
    collect_held_out,
    collect_phrasings,
    sets_thresholds,
)

_STEPS: Final = 3


def fit_languages(
    content: Content,
    encoder: Encoder,
    *,
    cache_folder: Path | None,
    wrong_answer_rate: float,
    tell: Callable[[str], None] | None = None,
) -> dict[Language, FittedParts]:
    """Fits each language that is taught; see `servicebot.training.fit.fit_understander`.

    Returns:
        What was found, by language; empty where the content teaches no phrase.
    """
    labelled = _by_language(collect_phrasings(content))
    remembered = None if cache_folder is None else RememberedVectors(encoder, cache_folder)
    reader: Encoder = remembered or encoder

    def fit_language(language: Language) -> FittedParts:
        step = partial(_tell_step, tell, language)
        step(1, f"reads {len(labelled[language]):,} phrases")
        rows = gather_rows(labelled[language], reader)
        step(2, "learns the topics and sits the exam")
        asked = _practice(content, language)
        part, _ = fit_parts(rows, reader, wrong_answer_rate=wrong_answer_rate, questions=asked)
        step(3, "learns what customers do with words")
        return replace(part, acts=fit_acts(content, language, rows, reader))

    # One thread for each language, and only one inside each: torch's number is for all of them.
    with single_thread(), ThreadPoolExecutor(max(len(labelled), 1)) as pool:
        fitted = dict(zip(labelled, pool.map(fit_language, labelled), strict=True))
    if remembered is not None and fitted:
        remembered.keep()
    return fitted


def _practice(content: Content, language: Language) -> list[tuple[str, Topic]]:
    """The half of the held-out phrases that set the confidence."""
    asked = (p for p in collect_held_out(content) if sets_thresholds(p))
    return [(p.text, p.topic) for p in asked if p.language is language]


def _tell_step(
    tell: Callable[[str], None] | None, language: Language, step: int, what: str
) -> None:
    if tell is not None:
        tell(f"{language}, step {step} of {_STEPS}, {what}")


def _by_language(
    phrasings: Sequence[Phrasing],
) -> Mapping[Language, tuple[tuple[str, Topic], ...]]:
    return {
        language: tuple((p.text, p.topic) for p in phrasings if p.language is language)
        for language in sorted({phrasing.language for phrasing in phrasings})
    }
