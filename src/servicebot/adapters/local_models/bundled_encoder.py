"""The encoder shipped with the package: a bag of hashed pieces, read without torch."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from servicebot.adapters.local_models.manifest import check_manifest, model_fault, sha256_of
from servicebot.adapters.local_models.piece_bag import embed_bag

WEIGHTS_NAME: Final = "model.safetensors"
TABLE_NAME: Final = "table"
CONFIGURATION_NAME: Final = "piece_bag.json"
_FINGERPRINT_LENGTH: Final = 16


class PieceBagEncoder:
    """Encodes in microseconds on one core; safe for any number of threads."""

    def __init__(self, table: NDArray[np.int8], *, fingerprint: str) -> None:
        self._table = table
        self._fingerprint = fingerprint

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return int(self._table.shape[1])

    @property
    def fingerprint(self) -> str:
        """The first characters of the SHA-256 of the weights."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encodes `texts`; see `servicebot.ports.encoder.Encoder.encode`."""
        return embed_bag(self._table, texts)


def bundled_encoder_folder() -> Path:
    """The folder of the encoder shipped with the package."""
    return Path(__file__).parents[2] / "models" / "encoder"


def is_piece_bag(folder: Path) -> bool:
    """Whether `folder` holds an encoder of this kind rather than a transformer."""
    return (folder / CONFIGURATION_NAME).is_file()


def load_piece_bag(folder: Path) -> PieceBagEncoder:
    """Reads a folder written by `servicebot.training.save_encoder`.

    Raises:
        ContentError: A file is missing, does not match its checksum or holds something else.
    """
    check_manifest(folder)
    path = folder / WEIGHTS_NAME
    try:
        table = load_file(path)[TABLE_NAME]
    except (OSError, SafetensorError, KeyError) as error:
        raise model_fault(path, f"cannot be read as encoder weights: {error}") from error
    if table.dtype != np.int8 or table.ndim != 2:  # noqa: PLR2004 - a matrix has two axes
        raise model_fault(path, f"holds {table.dtype} {table.shape}, not an int8 matrix")
    return PieceBagEncoder(table, fingerprint=sha256_of(path)[:_FINGERPRINT_LENGTH])
