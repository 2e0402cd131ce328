"""The bundled encoder, trained further as a whole, with a head that says how much a text is like a lure.

The rows of Latin words, half of the weights, are never trained: they are the bundled encoder's, as are
tokenizer and shape.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file

from servicebot.adapters.local_models.bundled_encoder import (
    WEIGHTS_NAME,
    BundledEncoder,
    bundled_encoder_folder,
    encoder_with,
    read_weights,
)
from servicebot.adapters.local_models.int8_transformer import SCALE, WORDS, Tensors
from servicebot.adapters.local_models.manifest import check_manifest, model_fault, write_manifest

LURES_NAME: Final = "lures.safetensors"
_WEIGHT: Final = "lure.weight"
_BIAS: Final = "lure.bias"
_LATIN: Final = "lure.latin"  # SHA-256 of the rows that are not in the file
_ROWS: Final = (WORDS, f"{WORDS}{SCALE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LureModel:
    """An encoder and a plane through its vectors.

    Attributes:
        encoder: Trained together with the head.
        weight: float32 [width].
        bias: The threshold is in it.
    """

    encoder: BundledEncoder
    weight: NDArray[np.float32]
    bias: float

    def odds(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """How far each text of `lure_text.as_learnt` is beyond the threshold, float32 [texts]."""
        return np.asarray(self.encoder.encode(texts) @ self.weight + self.bias, dtype=np.float32)


def save_lure_model(
    folder: Path, tensors: Tensors, latin: int, weight: NDArray[np.float32], bias: float
) -> None:
    """Writes what was trained, and the sums of all files of the folder.

    Args:
        folder: Made where it is missing.
        tensors: As the bundled encoder's are named.
        latin: Rows of words that were not trained, the first ones.
        weight: float32 [width].
        bias: The threshold is in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trained = {name: tensors[name][latin:].clone() for name in _ROWS}
    head = {_WEIGHT: torch.from_numpy(weight.copy()), _BIAS: torch.tensor([bias])}
    known = {_LATIN: _sum_of(tensors[WORDS][:latin])}
    save_file({**tensors, **trained, **head, **known}, folder / LURES_NAME)
    write_manifest(folder)


def lure_tensors(folder: Path) -> dict[str, torch.Tensor]:
    """What was trained, with the bundled encoder's rows of Latin words.

    Raises:
        ContentError: A file is missing, is damaged, does not match its checksum or is of another
            encoder.
    """
    check_manifest(folder)
    path = folder / LURES_NAME
    tensors, base = read_weights(path), read_weights(bundled_encoder_folder() / WEIGHTS_NAME)
    try:
        latin = len(base[WORDS]) - len(tensors[WORDS])
        is_ours = torch.equal(_sum_of(base[WORDS][:latin]), tensors[_LATIN])
        rows = {name: torch.cat((base[name][:latin], tensors[name])) for name in _ROWS}
    except (KeyError, RuntimeError, TypeError) as error:
        raise model_fault(path, f"cannot be read as a reader of lures: {error}") from error
    if not is_ours:
        raise model_fault(path, "was trained from another encoder; train it again")
    return {**tensors, **rows}


def load_lure_model(folder: Path) -> LureModel:
    """Reads a folder of `servicebot.training.train_lures`.

    Raises:
        ContentError: A file is missing, is damaged, does not match its checksum or is of another
            encoder.
    """
    tensors, path = lure_tensors(folder), folder / LURES_NAME
    encoder = encoder_with(tensors, path, bundled_encoder_folder())
    try:
        weight = tensors[_WEIGHT].reshape(encoder.dimension).numpy()
        bias = float(tensors[_BIAS].item())
    except (KeyError, RuntimeError) as error:
        raise model_fault(path, f"cannot be read as a reader of lures: {error}") from error
    if not (np.isfinite(weight).all() and np.isfinite(bias)):
        raise model_fault(path, "holds a number that is none; train it again")
    return LureModel(encoder=encoder, weight=weight, bias=bias)


def _sum_of(rows: torch.Tensor) -> torch.Tensor:
    digest = hashlib.sha256(rows.contiguous().numpy().tobytes()).digest()
    return torch.tensor(list(digest), dtype=torch.uint8)
