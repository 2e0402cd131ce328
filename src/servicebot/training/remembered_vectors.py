"""An encoder that remembers on the disk what it has encoded: a changed line costs one line."""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from servicebot.ports.encoder import Encoder
from servicebot.training.write_whole import write_whole

_KEY_BYTES: Final = 8
_CHUNK: Final = 2_000
_MOST: Final = 80_000  # texts, a kilobyte each


class RememberedVectors:
    """Encodes only texts that no fit of late with the same encoder held; the same bits."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._file = folder / f"vectors-{encoder.fingerprint[:16]}.safetensors"
        self._known = _read(self._file)
        self._used: dict[int, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """That of the encoder."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, float32 [texts, dimension]."""
        keys = [_key(text) for text in texts]
        unknown = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        for start in range(0, len(unknown), _CHUNK):
            part = list(unknown.items())[start : start + _CHUNK]
            vectors = self._encoder.encode([text for _, text in part])
            with self._lock:
                self._known |= {key: row for (key, _), row in zip(part, vectors, strict=True)}
        found = [self._known[key] for key in keys]
        with self._lock:
            self._used |= dict(zip(keys, found, strict=True))
        return np.stack(found) if found else self._encoder.encode(())

    def keep(self) -> None:
        """Writes what this fit has used, and of the rest as much as there is room for."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        kept = dict(list((self._used | self._known).items())[: max(_MOST, len(self._used))])
        keys = np.array(list(kept), dtype=np.uint64)
        write_whole(self._file, save({"keys": keys, "vectors": np.stack(list(kept.values()))}))


def _read(file: Path) -> dict[int, NDArray[np.float32]]:
    try:
        found = load(file.read_bytes())
        return dict(zip(found["keys"].tolist(), found["vectors"].astype(np.float32), strict=True))
    except (OSError, SafetensorError, KeyError, ValueError):
        return {}


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:_KEY_BYTES])
