"""One setting -> an encoder: `bundled`, a folder, or a model of the hub by its name."""

from pathlib import Path
from typing import Final

from servicebot.adapters.local_models.bundled_encoder import (
    bundled_encoder_folder,
    is_bundled_kind,
    load_bundled_encoder,
)
from servicebot.ports.encoder import Encoder

BUNDLED: Final = "bundled"


def open_encoder(name: str = BUNDLED, *, threads: int = 1) -> Encoder:
    """Opens the encoder a setting names.

    Args:
        name: `bundled`, a folder, or a name of the hub.
        threads: How many blocks of a batch the bundled kind encodes side by side.

    Raises:
        ContentError: The folder cannot be used; the message names the file.
    """
    folder = bundled_encoder_folder() if name == BUNDLED else Path(name)
    if is_bundled_kind(folder) or name == BUNDLED:
        return load_bundled_encoder(folder, threads=threads)
    from servicebot.adapters.local_models.sentence_encoder import (  # noqa: PLC0415 - seconds of imports
        load_sentence_encoder,
    )

    return load_sentence_encoder(name)
