"""Builds the understander: the encoder of the settings, fitted to the content."""

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.content.content import Content
from servicebot.settings import Settings
from servicebot.training.fit import fit_understander
from servicebot.understanding.understand import Understander


def build_understander(settings: Settings, content: Content) -> Understander:
    """Loads the encoder and fits, or takes the fitted parts from the cache. Blocks for seconds.

    Raises:
        ContentError: The encoder's files or the content cannot be used.
    """
    return fit_understander(
        content,
        encoder=open_encoder(settings.understanding.encoder),
        cache_folder=settings.store.fitted_dir,
        wrong_answer_rate=settings.understanding.wrong_answer_rate,
    )
