"""Content + encoder -> an `Understander`, fitted or read from the cache."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.costs import USUAL, Costs
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language
from servicebot.ports.encoder import Encoder
from servicebot.training.act_heads import same_as
from servicebot.training.assemble import assemble_recognizer
from servicebot.training.fitted_files import (
    FitKey,
    Fitted,
    find_fitted,
    find_start,
    save_fitted,
)
from servicebot.training.taught_hash import taught_hash, taught_languages
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import build_product_names, build_synonym_tables
from servicebot.understanding.understand import Understander

# Raise it with every change after which the same content may be fitted to other numbers, or the
# file of a fit has another form.
CODE_VERSION: Final = 23
_HASH_LENGTH: Final = 24

Keys = Mapping[Language, FitKey]


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
        cache_folder: Where fits are kept, one for each language; None fits anew every time. Where
            few phrases were changed since one of them, the fit begins from its end.
        wrong_answer_rate: The allowed share of wrong ones among automatic answers, 0..1.
        costs: What decides between answering and asking back; needs no new fit.
        fit_apart: Called when the cache has nothing; it may fill the cache, which is then read
            instead of fitting here.
        tell: Is told how far a fit is: the language, the step of so many, and what it does.

    Raises:
        ContentError: The content teaches no phrase at all.
    """
    keys = _keys(content, encoder, wrong_answer_rate)
    if not keys:
        raise _no_phrases()
    found = _cached(cache_folder, keys)
    if fit_apart is not None and found.keys() != keys.keys():
        fit_apart()
        found = _cached(cache_folder, keys)
    left = {language: key for language, key in keys.items() if language not in found}
    if left:
        # What fits is imported only to fit: it takes half a second and 30 MB.
        from servicebot.training.fit_languages import fit_languages  # noqa: PLC0415

        fitted = fit_languages(
            content,
            encoder,
            {language: _start(cache_folder, key) for language, key in left.items()},
            cache_folder=cache_folder,
            wrong_answer_rate=wrong_answer_rate,
            tell=tell,
        )
        for language, done in fitted.items():
            key = replace(left[language], start=done.start)
            found[language] = Fitted(name=key.name, parts=done.parts)
            if cache_folder is not None:
                save_fitted(cache_folder, key, done.parts)
    if not found:
        raise _no_phrases()
    return _assemble(content, encoder, found, costs)


def _assemble(
    content: Content, encoder: Encoder, fitted: Mapping[Language, Fitted], costs: Costs
) -> Understander:
    tasks = frozenset(one.id for one in content.intents.values() if one.flow is not None)
    names = "|".join(f"{language}:{fitted[language].name}" for language in sorted(fitted))
    return Understander(
        encoder=encoder,
        recognizers={
            language: assemble_recognizer(
                one.parts.at(costs), named=same_as(content, language), tasks=tasks
            )
            for language, one in fitted.items()
        },
        synonyms=build_synonym_tables(content.synonyms),
        lexicon=Lexicon(content.marks),
        products=build_product_names(content),
        product_lines=content.product_lines,
        model_hash=hashlib.sha256(names.encode()).hexdigest()[:_HASH_LENGTH],
    )


def _cached(folder: Path | None, keys: Keys) -> dict[Language, Fitted]:
    """What earlier fits found; without languages of which there is nothing that can be used."""
    found = {language: find_fitted(folder, key) for language, key in keys.items()} if folder else {}
    return {language: one for language, one in found.items() if one is not None and _usable(one)}


def _start(folder: Path | None, key: FitKey) -> Fitted | None:
    return find_start(folder, key) if folder is not None else None


def _usable(found: Fitted) -> bool:
    try:
        assemble_recognizer(found.parts)
    except ValueError:  # an index that another version of FAISS wrote
        return False
    return True


def _no_phrases() -> ContentError:
    message = "no intent and no article teaches a phrase; write `examples` or `asked_as`"
    return ContentError((ContentFault(path="intents", line=0, rule="no-phrases", message=message),))


def _keys(content: Content, encoder: Encoder, wrong_answer_rate: float) -> Keys:
    return {
        language: FitKey(
            kind=f"{CODE_VERSION}|{language}|{encoder.fingerprint}|{wrong_answer_rate!r}",
            taught=taught_hash(content, language),
        )
        for language in taught_languages(content)
    }
