"""Content + encoder -> an `Understander`, fitted or read from the cache."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.costs import USUAL, Costs
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language
from servicebot.ports.encoder import Encoder
from servicebot.training.act_heads import same_as
from servicebot.training.assemble import assemble_recognizer
from servicebot.training.fitted_files import FittedParts, load_fitted, save_fitted
from servicebot.training.taught_hash import taught_hash, teaches_nothing
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.normalize import build_product_names, build_synonym_tables
from servicebot.understanding.recognize import Recognizer
from servicebot.understanding.understand import Understander

# Raise it with every change after which the same content may be fitted to other numbers, or the
# file of a fit has another form.
CODE_VERSION: Final = 22
_KEY_LENGTH: Final = 24

Recognizers = Mapping[Language, Recognizer]


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
    if teaches_nothing(content):
        raise _no_phrases()
    key = _key(taught_hash(content), encoder.fingerprint, wrong_answer_rate)
    found = _cached(content, cache_folder, key, costs)
    if found is None and fit_apart is not None:
        fit_apart()
        found = _cached(content, cache_folder, key, costs)
    if found is None:
        # What fits is imported only to fit: it takes half a second and 30 MB.
        from servicebot.training.fit_languages import fit_languages  # noqa: PLC0415

        parts = fit_languages(
            content,
            encoder,
            cache_folder=cache_folder,
            wrong_answer_rate=wrong_answer_rate,
            tell=tell,
        )
        if not parts:
            raise _no_phrases()
        if cache_folder is not None:
            save_fitted(cache_folder, key, parts)
        found = _recognizers(content, parts, costs)
    return _assemble(content, encoder, found, key)


def _assemble(
    content: Content, encoder: Encoder, recognizers: Recognizers, key: str
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


def _recognizers(
    content: Content, parts: Mapping[Language, FittedParts], costs: Costs
) -> Recognizers:
    tasks = frozenset(one.id for one in content.intents.values() if one.flow is not None)
    return {
        language: assemble_recognizer(part.at(costs), named=same_as(content, language), tasks=tasks)
        for language, part in parts.items()
    }


def _cached(content: Content, folder: Path | None, key: str, costs: Costs) -> Recognizers | None:
    """What an earlier fit found; None where there is nothing, or nothing that can be used."""
    parts = None if folder is None else load_fitted(folder, key)
    try:
        return None if parts is None else _recognizers(content, parts, costs)
    except ValueError:  # an index that another version of FAISS wrote
        return None


def _no_phrases() -> ContentError:
    message = "no intent and no article teaches a phrase; write `examples` or `asked_as`"
    return ContentError((ContentFault(path="intents", line=0, rule="no-phrases", message=message),))


def _key(taught: str, encoder: str, wrong_answer_rate: float) -> str:
    named = f"{CODE_VERSION}|{taught}|{encoder}|{wrong_answer_rate!r}"
    return hashlib.sha256(named.encode()).hexdigest()[:_KEY_LENGTH]
