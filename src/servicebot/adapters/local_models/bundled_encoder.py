"""The encoder shipped with the package: a small Chinese-English transformer with 8-bit weights."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from tokenizers import Tokenizer

from servicebot.adapters.local_models.int8_linear import choose_engine
from servicebot.adapters.local_models.int8_transformer import Int8Transformer
from servicebot.adapters.local_models.manifest import check_manifest, model_fault, sha256_of
from servicebot.adapters.local_models.unit_rows import to_unit_row

WEIGHTS_NAME: Final = "model.safetensors"
TOKENIZER_NAME: Final = "tokenizer.json"
CONFIGURATION_NAME: Final = "int8_transformer.json"
UNKNOWN: Final = "[UNK]"
_FINGERPRINT_LENGTH: Final = 16


class BundledEncoder:
    """Encodes each text alone on one thread, several texts on several threads.

    So neither the batch nor the number of threads changes a bit of a vector.
    """

    def __init__(
        self, model: Int8Transformer, tokenizer: Tokenizer, *, fingerprint: str, threads: int
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._fingerprint = fingerprint
        self._unknown = tokenizer.token_to_id(UNKNOWN)
        self._pool = ThreadPoolExecutor(threads, "encoder") if threads > 1 else None

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._model.width

    @property
    def fingerprint(self) -> str:
        """The first characters of the SHA-256 of the weights."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encodes `texts`; see `servicebot.ports.encoder.Encoder.encode`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        tokens = [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]
        if self._pool is None or len(texts) == 1:
            return np.stack([self._encode_one(one) for one in tokens])
        return np.stack(list(self._pool.map(self._encode_one, tokens)))

    def _encode_one(self, tokens: list[int]) -> NDArray[np.float32]:
        if all(token == self._unknown for token in tokens[1:-1]):
            return np.zeros(self.dimension, dtype=np.float32)
        longest = self._model.longest
        if len(tokens) > longest:
            tokens = [*tokens[: longest - 1], tokens[-1]]
        with torch.inference_mode():
            return to_unit_row(self._model(tokens).numpy())


def bundled_encoder_folder() -> Path:
    """The folder of the encoder shipped with the package."""
    return Path(__file__).parents[2] / "models" / "encoder"


def is_bundled_kind(folder: Path) -> bool:
    """Whether `folder` holds an encoder of this kind rather than any transformer."""
    return (folder / CONFIGURATION_NAME).is_file()


def load_bundled_encoder(folder: Path, *, threads: int = 1) -> BundledEncoder:
    """Reads a folder written by `servicebot.training.save_encoder`.

    Sets torch to one thread inside an operation: measured, two threads make one short text slower.

    Args:
        folder: With weights, tokenizer, configuration and their checksums.
        threads: Texts of a batch that are encoded side by side.

    Raises:
        ContentError: A file is missing, does not match its checksum or holds something else.
    """
    check_manifest(folder)
    torch.set_num_threads(1)
    choose_engine()
    path = folder / WEIGHTS_NAME
    try:
        heads = int(json.loads((folder / CONFIGURATION_NAME).read_text("utf-8"))["heads"])
        model = Int8Transformer(load_file(path), heads=heads)
        tokenizer = Tokenizer.from_str((folder / TOKENIZER_NAME).read_text("utf-8"))
    except (OSError, SafetensorError, KeyError, RuntimeError, ValueError) as error:
        raise model_fault(path, f"cannot be read as encoder weights: {error}") from error
    return BundledEncoder(
        model, tokenizer, fingerprint=sha256_of(path)[:_FINGERPRINT_LENGTH], threads=threads
    )
