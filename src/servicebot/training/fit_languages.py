"""Fits languages of a content, one thread for each."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.understanding import Language, Topic
from servicebot.ports.encoder import Encoder
from servicebot.training.fit_acts import fit_acts
from servicebot.training.fit_before import learnt_nearly
from servicebot.training.fit_parts import fit_parts
from servicebot.training.fitted_files import Fitted
from servicebot.training.fitted_parts import FittedParts
from servicebot.training.known_rows import gather_rows
from servicebot.training.remembered_vectors import RememberedVectors
from servicebot.training.single_thread import single_thread
from servicebot.understanding.phrasings import (
    collect_held_out,
    collect_phrasings,
    sets_thresholds,
)

_STEPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FitDone:
    """One language, fitted.

    Attributes:
        parts: What was found.
        start: Name of the fit that it began from; empty where it began from nothing.
    """

    parts: FittedParts
    start: str


def fit_languages(
    content: Content,
    encoder: Encoder,
    starts: Mapping[Language, Fitted | None],
    *,
    cache_folder: Path | None,
    wrong_answer_rate: float,
    tell: Callable[[str], None] | None = None,
) -> dict[Language, FitDone]:
    """Fits the languages of `starts`; see `servicebot.training.fit.fit_understander`.

    Args:
        content: What is learnt.
        encoder: Encodes it.
        starts: For each language, a fit from nothing that this one may begin from.
        cache_folder: Where vectors are remembered.
        wrong_answer_rate: The allowed share of wrong ones among automatic answers, 0..1.
        tell: Is told how far it is.

    Returns:
        What was found; without languages in which every phrase is held out.
    """
    labelled = _by_language(content)
    wanted = [language for language in starts if labelled[language]]
    remembered = None if cache_folder is None else RememberedVectors(encoder, cache_folder)
    reader: Encoder = remembered or encoder

    def fit_language(language: Language) -> FitDone:
        step = partial(_tell_step, tell, language)
        step(1, f"reads {len(labelled[language]):,} phrases")
        rows = gather_rows(labelled[language], reader)
        found = starts[language]
        start = found if found is not None and learnt_nearly(found.parts, rows) else None
        before = start.parts if start is not None else None
        step(2, "learns the topics and sits the exam")
        part, _ = fit_parts(
            rows,
            reader,
            wrong_answer_rate=wrong_answer_rate,
            questions=_practice(content, language),
            before=before,
        )
        step(3, "learns what customers do with words")
        acts = fit_acts(content, language, rows, reader, None if before is None else before.acts)
        return FitDone(parts=replace(part, acts=acts), start=start.name if start else "")

    # One thread for each language, and only one inside each: torch's number is for all of them.
    with single_thread(), ThreadPoolExecutor(max(len(wanted), 1)) as pool:
        fitted = dict(zip(wanted, pool.map(fit_language, wanted), strict=True))
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


def _by_language(content: Content) -> Mapping[Language, tuple[tuple[str, Topic], ...]]:
    phrasings = collect_phrasings(content)
    return {
        language: tuple((p.text, p.topic) for p in phrasings if p.language is language)
        for language in Language
    }
