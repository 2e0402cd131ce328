"""Builds the understander: the encoder of the settings, fitted to the content."""

import logging
import sys
import time
from collections.abc import Callable
from functools import partial

from threadpoolctl import threadpool_limits

from servicebot.adapters.local_models.no_encoder import NoEncoder
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.app.one_fit import one_fit
from servicebot.app.run_apart import run_apart
from servicebot.content.content import Content
from servicebot.domain.errors import ContentError
from servicebot.ports.encoder import Encoder
from servicebot.settings import Settings
from servicebot.training.fit import fit_understander
from servicebot.understanding.understand import Understander

logger = logging.getLogger(__name__)


def build_understander(
    settings: Settings, content: Content, *, encoder: Encoder | None = None
) -> Understander:
    """Loads the encoder and fits, or takes the fitted parts from the cache. Blocks for seconds.

    Fitting takes twice the memory of serving and glibc gives little of it back, so it happens in a
    process of its own. An encoder whose files are damaged or missing is refused and named in the
    log; the bot then works by words and sounds alone, with thresholds of their own.

    Args:
        settings: As loaded.
        content: What is learnt.
        encoder: The one of the settings where another edition has it open; None opens it.

    Raises:
        ContentError: The content cannot be used.
    """
    # Sums are exact on any number of threads; waiting for each other takes longer than the sums.
    threadpool_limits(1, user_api="blas")
    encoder = encoder or encoder_of(settings)
    usable = not isinstance(encoder, NoEncoder)
    apart = partial(_fit_apart, settings, content) if usable else None
    return _fit(settings, content, encoder=encoder, fit_apart=apart)


def _fit_apart(settings: Settings, content: Content) -> None:
    with one_fit(settings.store.fitted_dir):
        run_apart(_fit_aloud, settings, content)


def _fit_aloud(settings: Settings, content: Content) -> None:
    """Fits in a process of its own and says how far it is."""
    begun = time.monotonic()

    def tell(step: str) -> None:
        sys.stderr.write(
            f"  fitting the model to the content: {step} ({time.monotonic() - begun:.0f} s)\n"
        )
        sys.stderr.flush()

    _fit(settings, content, tell=tell)


def _fit(
    settings: Settings,
    content: Content,
    *,
    encoder: Encoder | None = None,
    fit_apart: Callable[[], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Understander:
    return fit_understander(
        content,
        encoder=encoder or encoder_of(settings),
        cache_folder=settings.store.fitted_dir,
        wrong_answer_rate=settings.understanding.wrong_answer_rate,
        costs=settings.understanding.costs,
        fit_apart=fit_apart,
        tell=tell,
    )


def encoder_of(settings: Settings) -> Encoder:
    """The encoder of the settings; one that knows nothing where its files are damaged or missing."""
    try:
        return open_encoder(
            settings.understanding.encoder, threads=settings.understanding.encoder_threads
        )
    except ContentError as error:
        logger.error("encoder_refused", extra={"fault": str(error), "now": "lexical search only"})  # noqa: TRY400 - the fault says all; a trace would hide it
        return NoEncoder()
