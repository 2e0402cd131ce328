"""The trainable twin of the bundled encoder, and its way to whole numbers."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from servicebot.understanding.features import cut_pieces

# Values beyond this share of all are clipped when the table becomes int8.
_KEPT_SHARE: Final = 0.9999
_LARGEST: Final = 127
_SHORTEST_THINNED: Final = 4


class PieceTable:
    """One trainable row per hashed piece; a text is the sum of its pieces' rows."""

    def __init__(self, rows: torch.Tensor, *, seed: int) -> None:
        self._bag = torch.nn.EmbeddingBag.from_pretrained(
            rows, freeze=False, mode="sum", sparse=True
        )
        self._dice = np.random.default_rng(seed)
        self._known: dict[str, NDArray[np.int64]] = {}

    @property
    def rows(self) -> torch.Tensor:
        """float32 [rows, dimension], what the optimizer works on."""
        return self._bag.weight

    def encode(self, texts: Sequence[str], *, dropped: float = 0.0) -> torch.Tensor:
        """Encodes normalized texts; `dropped` is the share of pieces left out at random."""
        places = [self._thinned(self._places(text), dropped) for text in texts]
        starts = np.cumsum([0, *(len(found) for found in places[:-1])])
        total = self._bag(torch.from_numpy(np.concatenate(places)), torch.from_numpy(starts))
        return torch.nn.functional.normalize(total, dim=1)

    def quantized(self) -> NDArray[np.int8]:
        """The table as whole numbers, one scale for all of it."""
        rows = self.rows.detach().numpy()
        sample = np.abs(rows.ravel()[:: max(1, rows.size // 1_000_000)])
        scale = _LARGEST / float(np.quantile(sample, _KEPT_SHARE))
        return np.clip(np.rint(rows * scale), -_LARGEST, _LARGEST).astype(np.int8)

    def _places(self, text: str) -> NDArray[np.int64]:
        found = self._known.get(text)
        if found is None:
            pieces = cut_pieces(text).all() or (0,)
            found = np.array(pieces, dtype=np.int64) % self.rows.shape[0]
            self._known[text] = found
        return found

    def _thinned(self, places: NDArray[np.int64], dropped: float) -> NDArray[np.int64]:
        if not dropped or len(places) <= _SHORTEST_THINNED:
            return places
        kept = places[self._dice.random(len(places)) >= dropped]
        return kept if len(kept) else places


def fresh_rows(texts: Sequence[str], *, row_count: int, dimension: int, seed: int) -> torch.Tensor:
    """Random rows as long as their pieces are rare: a bag of them already compares words."""
    seen = np.zeros(row_count)
    for text in texts:
        seen[np.unique(np.array(cut_pieces(text).all(), dtype=np.int64) % row_count)] += 1
    rarity = np.log((len(texts) + 1) / (seen + 1)) / 4
    generator = torch.Generator().manual_seed(seed)
    rows = torch.randn(row_count, dimension, generator=generator) / dimension**0.5
    return torch.mul(rows, torch.from_numpy(rarity.astype(np.float32))[:, None])
