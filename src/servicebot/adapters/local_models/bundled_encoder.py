"""The encoder shipped with the package: a small Chinese-English transformer with 8-bit weights."""

import json
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from tokenizers import Tokenizer

from servicebot.adapters.local_models.int8_linear import choose_engine
from servicebot.adapters.local_models.int8_transformer import Int8Transformer, Tensors
from servicebot.adapters.local_models.manifest import check_manifest, model_fault, sha256_of
from servicebot.adapters.local_models.unit_rows import to_unit_row

WEIGHTS_NAME: Final = "model.safetensors"
TOKENIZER_NAME: Final = "tokenizer.json"
CONFIGURATION_NAME: Final = "int8_transformer.json"
FORMAT_VERSION: Final = 2
UNKNOWN: Final = "[UNK]"
_FINGERPRINT_LENGTH: Final = 16
_LARGEST_BLOCK: Final = 32
# A smaller block costs more in calls than another thread wins.
_SMALLEST_BLOCK: Final = 4


class BundledEncoder:
    """Encodes blocks of up to 32 texts of like length, each block on one thread.

    Neither the batch nor the number of threads changes a bit of a vector.
    """

    def __init__(
        self, model: Int8Transformer, tokenizer: Tokenizer, *, fingerprint: str, threads: int
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._fingerprint = fingerprint
        self._unknown = tokenizer.token_to_id(UNKNOWN)
        self._threads = threads
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
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]
        known = [place for place, one in enumerate(tokens) if self._says_something(one)]
        known.sort(key=lambda place: len(tokens[place]))
        places = self._blocks(known)
        blocks = [[tokens[place] for place in block] for block in places]
        encoded = (
            map(self._encode_block, blocks)
            if self._pool is None or len(blocks) == 1
            else self._pool.map(self._encode_block, blocks)
        )
        for block, rows in zip(places, encoded, strict=True):
            vectors[block] = rows
        return vectors

    def _says_something(self, tokens: Sequence[int]) -> bool:
        return any(token != self._unknown for token in tokens[1:-1])

    def _blocks(self, places: Sequence[int]) -> list[Sequence[int]]:
        """Cuts into blocks of nearly the same size, enough of them to keep every thread busy."""
        if not places:
            return []
        count = len(places)
        busy = min(self._threads, count // _SMALLEST_BLOCK)
        blocks = max(busy, math.ceil(count / _LARGEST_BLOCK))
        ends = [count * number // blocks for number in range(blocks + 1)]
        return [places[begin:end] for begin, end in pairwise(ends)]

    def _encode_block(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        with torch.inference_mode():
            rows = self._model([self._cut(tokens) for tokens in texts]).numpy()
        return np.stack([to_unit_row(row) for row in rows])

    def _cut(self, tokens: Sequence[int]) -> Sequence[int]:
        longest = self._model.longest
        return tokens if len(tokens) <= longest else [*tokens[: longest - 1], tokens[-1]]


def bundled_encoder_folder() -> Path:
    """The folder of the encoder shipped with the package."""
    return Path(__file__).parents[2] / "models" / "encoder"


def is_bundled_kind(folder: Path) -> bool:
    """Whether `folder` holds an encoder of this kind rather than any transformer."""
    return (folder / CONFIGURATION_NAME).is_file()


def load_bundled_encoder(folder: Path, *, threads: int = 1) -> BundledEncoder:
    """Reads a folder written by `servicebot.training.save_encoder`.

    Args:
        folder: With weights, tokenizer, configuration and their checksums.
        threads: Blocks of texts that are encoded side by side.

    Raises:
        ContentError: A file is missing, does not match its checksum, holds something else or is
            of another version.
    """
    check_manifest(folder)
    path = folder / WEIGHTS_NAME
    return encoder_with(read_weights(path), path, folder, threads=threads)


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file.

    Raises:
        ContentError: It is missing or damaged.
    """
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise model_fault(path, f"cannot be read as encoder weights: {error}") from error


def encoder_with(tensors: Tensors, path: Path, folder: Path, *, threads: int = 1) -> BundledEncoder:
    """An encoder of given weights with the tokenizer and the shape of a folder.

    Sets torch to one thread inside an operation: measured, two threads make one short text slower,
    and sums that several threads share depend on the batch.

    Args:
        tensors: The weights.
        path: The file they are from.
        folder: With tokenizer and configuration.
        threads: Blocks of texts that are encoded side by side.

    Raises:
        ContentError: They do not fit together, or are of another version.
    """
    torch.set_num_threads(1)
    choose_engine()
    try:
        model = Int8Transformer(tensors, heads=_read_heads(folder / CONFIGURATION_NAME))
        tokenizer = Tokenizer.from_str((folder / TOKENIZER_NAME).read_text("utf-8"))
    except (OSError, KeyError, RuntimeError, ValueError) as error:
        raise model_fault(path, f"cannot be read as encoder weights: {error}") from error
    return BundledEncoder(
        model, tokenizer, fingerprint=sha256_of(path)[:_FINGERPRINT_LENGTH], threads=threads
    )


def _read_heads(path: Path) -> int:
    configuration = json.loads(path.read_text("utf-8"))
    version = configuration["version"]
    if version != FORMAT_VERSION:
        raise ValueError(f"version {version}, not {FORMAT_VERSION}; train or adapt it again")
    return int(configuration["heads"])
