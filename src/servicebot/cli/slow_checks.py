"""The parts of `servicebot content check` that need the model; imported only where they are wanted."""

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.app.understander import build_understander
from servicebot.cli.environment import settings_now
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles
from servicebot.domain.errors import ContentFault
from servicebot.evaluation.stray_phrases import stray_phrases
from servicebot.evaluation.twins import Family, find_families
from servicebot.training.remembered_vectors import RememberedVectors


def strays(content: Content, files: ContentFiles) -> tuple[ContentFault, ...]:
    """Phrases nearer to another topic; the vectors of the last fit are taken, others encoded."""
    settings = settings_now()
    encoder = open_encoder(
        settings.understanding.encoder, threads=settings.understanding.encoder_threads
    )
    remembered = RememberedVectors(encoder, settings.store.fitted_dir)
    return stray_phrases(content, files, remembered)


def families(content: Content) -> tuple[Family, ...]:
    """Articles that win each other's questions; fits the content."""
    return find_families(content, build_understander(settings_now(), content).understand)
