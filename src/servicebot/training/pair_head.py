"""Says whether two messages mean the same: a small network over what an encoder makes of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn

from servicebot.adapters.local_models.manifest import model_fault
from servicebot.ports.encoder import Encoder
from servicebot.training.labelled_pairs import LabelledPair
from servicebot.understanding.features import cut_pieces

PAIR_HEAD_NAME: Final = "pair_head.safetensors"
_HIDDEN: Final = 64
_EPOCHS: Final = 12
_BATCH: Final = 128
_RATE: Final = 1e-3
_DECAY: Final = 0.05
_DROPPED: Final = 0.3


@dataclass(frozen=True, slots=True)
class PairHead:
    """A fitted head; goes with the encoder it was fitted to."""

    network: nn.Sequential

    def chances(
        self, encoder: Encoder, left: Sequence[str], right: Sequence[str]
    ) -> NDArray[np.float64]:
        """The chance that each pair of normalized texts means the same, float64 [pairs]."""
        inputs = _interactions(encoder, left, right)
        with torch.inference_mode():
            return np.asarray(torch.sigmoid(self.network(inputs))[:, 0].double().numpy())


def fit_pair_head(encoder: Encoder, pairs: Sequence[LabelledPair], *, seed: int) -> PairHead:
    """Fits a head to pairs the encoder was not adapted to."""
    torch.manual_seed(seed)
    inputs = _interactions(encoder, [one.left for one in pairs], [one.right for one in pairs])
    targets = torch.tensor([[float(pair.alike)] for pair in pairs])
    network = _network(inputs.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    network.train()
    for _ in range(_EPOCHS):
        for places in torch.split(torch.randperm(len(pairs)), _BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(
                network(inputs[places]), targets[places]
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
            optimizer.step()
    return PairHead(network.eval())


def save_pair_head(folder: Path, head: PairHead) -> None:
    """Writes the head beside the encoder's weights."""
    save_file(dict(head.network.state_dict()), folder / PAIR_HEAD_NAME)


def load_pair_head(folder: Path) -> PairHead | None:
    """Reads the head of an adapted encoder; None where the folder has none.

    Raises:
        ContentError: The file is damaged.
    """
    path = folder / PAIR_HEAD_NAME
    if not path.is_file():
        return None
    try:
        weights = load_file(path)
        network = _network(weights["0.weight"].shape[1])
        network.load_state_dict(weights)
    except (OSError, SafetensorError, KeyError, RuntimeError) as error:
        raise model_fault(path, f"cannot be read as a pair head: {error}") from error
    return PairHead(network.eval())


def _network(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, _HIDDEN), nn.ReLU(), nn.Dropout(_DROPPED), nn.Linear(_HIDDEN, 1)
    )


def _interactions(encoder: Encoder, left: Sequence[str], right: Sequence[str]) -> torch.Tensor:
    """float32 [pairs, 2 dimensions + 5]: products, distances, cosine and overlaps."""
    one, other = encoder.encode(left), encoder.encode(right)
    scale = float(np.sqrt(one.shape[1]))
    overlaps = np.array([_overlaps(a, b) for a, b in zip(left, right, strict=True)])
    cosines = np.sum(one * other, axis=1, keepdims=True)
    inputs = np.hstack((one * other * scale, np.abs(one - other) * scale / 2, cosines, overlaps))
    return torch.from_numpy(inputs.astype(np.float32))


def _overlaps(left: str, right: str) -> tuple[float, ...]:
    """Shares of common pieces and sounds, whether digits agree, lengths: what a mean may blur."""
    one, other = cut_pieces(left), cut_pieces(right)
    digits = [sorted(sign for sign in text if sign.isdigit()) for text in (left, right)]
    lengths = sorted((len(left) + 1, len(right) + 1))
    return (
        _common(one.grams, other.grams),
        _common(one.pinyin, other.pinyin),
        float(digits[0] == digits[1]),
        lengths[0] / lengths[1],
    )


def _common(left: Sequence[int], right: Sequence[int]) -> float:
    every = set(left) | set(right)
    return len(set(left) & set(right)) / len(every) if every else 0.0
