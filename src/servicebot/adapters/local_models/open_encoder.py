"""One setting -> an encoder: `bundled`, a folder, or a model of the hub by its name."""

from pathlib import Path
from typing import Final

from servicebot.adapters.local_models.bundled_encoder import (
    bundled_encoder_folder,
    is_piece_bag,
    load_piece_bag,
)
from servicebot.ports.encoder import Encoder

BUNDLED: Final = "bundled"


def open_encoder(name: str = BUNDLED) -> Encoder:
    """Opens the encoder a setting names; torch is imported only for a transformer.

    Raises:
        ContentError: The folder cannot be used; the message names the file.
    """
    folder = bundled_encoder_folder() if name == BUNDLED else Path(name)
    if is_piece_bag(folder) or name == BUNDLED:
        return load_piece_bag(folder)
    from servicebot.adapters.local_models.sentence_encoder import (  # noqa: PLC0415 - 3 s of imports
        load_sentence_encoder,
    )

    return load_sentence_encoder(name)
