"""Any sentence-transformers model as an encoder: safetensors only, no code from the model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from servicebot.adapters.local_models.manifest import check_manifest, model_fault, sha256_of
from servicebot.adapters.local_models.unit_rows import to_unit_row

_FINGERPRINT_LENGTH: Final = 16
_FORBIDDEN_WEIGHTS: Final = ("*.bin", "*.pt", "*.pkl", "*.pickle", "*.ckpt")


class SentenceEncoder:
    """A transformer encoder. One call at a time; each text is encoded alone.

    Batches of several texts would be padded, and padding changes the last bits of a vector.
    """

    def __init__(self, model: SentenceTransformer, *, fingerprint: str) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """The first characters of the SHA-256 over the names and bytes of the weights."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encodes `texts`; see `servicebot.ports.encoder.Encoder.encode`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock, torch.inference_mode():
            rows = [self._encode_one(text) for text in texts]
        return np.stack(rows)

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        vector = self._model.encode([text], show_progress_bar=False, convert_to_numpy=True)[0]
        return to_unit_row(vector)


def load_sentence_encoder(name: str, *, offline: bool = False) -> SentenceEncoder:
    """Loads a model folder or, where there is no such folder, a model of the hub by its name.

    Args:
        name: A folder or a name such as `BAAI/bge-small-zh-v1.5`.
        offline: Whether only files that are already here may be used.

    Raises:
        ContentError: A file does not match its checksum, or the model cannot be loaded safely.
    """
    folder = Path(name)
    if folder.is_dir():
        check_manifest(folder)
        _refuse_pickles(folder)
    try:
        model = SentenceTransformer(
            name,
            device="cpu",
            trust_remote_code=False,
            local_files_only=offline or folder.is_dir(),
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise model_fault(folder, f"cannot be loaded as a sentence encoder: {error}") from error
    fingerprint = _fingerprint(folder) if folder.is_dir() else _fingerprint_of_weights(model)
    return SentenceEncoder(model, fingerprint=fingerprint)


def _refuse_pickles(folder: Path) -> None:
    for pattern in _FORBIDDEN_WEIGHTS:
        for path in folder.rglob(pattern):
            problem = "pickled weights can run code; keep only the .safetensors file"
            raise model_fault(path, problem)


def _fingerprint(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".safetensors", ".json", ".txt", ".model"}:
            total.update(f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n".encode())
    return total.hexdigest()[:_FINGERPRINT_LENGTH]


def _fingerprint_of_weights(model: SentenceTransformer) -> str:
    total = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        total.update(name.encode())
        total.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return total.hexdigest()[:_FINGERPRINT_LENGTH]
