"""Says whether two messages mean the same: it reads both at once, so that each word sees the other's.

A cross-encoder (Devlin et al. 2019) over the layers of an adapted encoder, which tells the two texts
apart by their places: the second goes on where the first ends. Both together have as many places as one
text has in the encoder; of longer ones the ends are cut.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from typing_extensions import override

from servicebot.adapters.local_models.manifest import model_fault
from servicebot.training.save_encoder import narrow_tensors, student_of
from servicebot.training.student import LONGEST, Student, cut_tokens

CLASSIFIER_NAME: Final = "pair_classifier.safetensors"
_HEAD: Final = "pair_head."
_HIDDEN: Final = 128
_DROPPED: Final = 0.1
_TOGETHER: Final = 32
_STRIDE: Final = 8


class PairClassifier(nn.Module):
    """The layers of an encoder, trained on, and a small head over what they make of both texts."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self.student = student
        width = int(student.latin.shape[1])
        self.head = nn.Sequential(
            nn.Linear(4 * width, _HIDDEN), nn.GELU(), nn.Dropout(_DROPPED), nn.Linear(_HIDDEN, 1)
        )

    @override
    def forward(self, left: Sequence[str], right: Sequence[str]) -> torch.Tensor:
        """Log odds that each pair of normalized texts means the same, float32 [pairs]."""
        order = sorted(range(len(left)), key=lambda place: len(left[place]) + len(right[place]))
        parts = [order[begin : begin + _TOGETHER] for begin in range(0, len(order), _TOGETHER)]
        odds = torch.cat(
            [self._odds([left[n] for n in part], [right[n] for n in part]) for part in parts]
        )
        return odds[torch.tensor(np.argsort(order))]

    @torch.inference_mode()
    def chances(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        """The chance that each pair means the same, the same in either order, float64 [pairs]."""
        self.eval()
        odds = (self(left, right) + self(right, left)) / 2
        return np.asarray(torch.sigmoid(odds.double()).numpy())

    def _odds(self, left: Sequence[str], right: Sequence[str]) -> torch.Tensor:
        tokens, side = self._tokens(left, right)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.student.layers(
                inputs_embeds=self.student.rows(tokens),
                attention_mask=(side >= 0).long(),
                token_type_ids=side.clamp(min=0),
            ).last_hidden_state.float()
        one, other = (_mean(states, side == number) for number in (0, 1))
        inputs = torch.cat((one, other, one * other, (one - other).abs()), dim=1)
        return torch.as_tensor(self.head(inputs)[:, 0])

    def _tokens(
        self, left: Sequence[str], right: Sequence[str]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Token numbers and sides (0, 1, or -1 for nothing), both int64 [pairs, longest]."""
        cut = self.student.tokenizer.encode_batch_fast
        pairs = [
            _cut_pair(one.ids, other.ids)
            for one, other in zip(cut(list(left)), cut(list(right)), strict=True)
        ]
        longest = -(-max(len(one) + len(other) for one, other in pairs) // _STRIDE) * _STRIDE
        tokens = torch.zeros(len(pairs), longest, dtype=torch.long)
        side = torch.full_like(tokens, -1)
        for row, (one, other) in enumerate(pairs):
            begin, end = len(one), len(one) + len(other)
            tokens[row, :end] = torch.tensor([*one, *other])
            side[row, :begin], side[row, begin:end] = 0, 1
        return tokens, side


def save_pair_classifier(folder: Path, classifier: PairClassifier) -> None:
    """Writes it, with 8-bit weights, beside the encoder whose tokenizer it shares."""
    head = {f"{_HEAD}{name}": value for name, value in classifier.head.state_dict().items()}
    save_file(narrow_tensors(classifier.student) | head, folder / CLASSIFIER_NAME)


def load_pair_classifier(folder: Path) -> PairClassifier | None:
    """Reads what goes with an adapted encoder; None where the folder has none.

    Raises:
        ContentError: The file is damaged.
    """
    path = folder / CLASSIFIER_NAME
    if not path.is_file():
        return None
    try:
        tensors = load_file(path)
        head = {
            name.removeprefix(_HEAD): tensors.pop(name)
            for name in list(tensors)
            if name.startswith(_HEAD)
        }
        classifier = PairClassifier(student_of(folder, tensors, seed=0))
        classifier.head.load_state_dict(head)
    except (OSError, SafetensorError, KeyError, RuntimeError) as error:
        raise model_fault(path, f"cannot be read as a pair classifier: {error}") from error
    return classifier.eval()


def _cut_pair(one: list[int], other: list[int]) -> tuple[list[int], list[int]]:
    """Both within the places there are; the second needs no sign of its beginning."""
    half = LONGEST // 2
    rest = other[1:]
    return (
        cut_tokens(one, max(half, LONGEST - len(rest))),
        cut_tokens(rest, max(half, LONGEST - len(one))),
    )


def _mean(states: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
    weights = kept.unsqueeze(-1).float()
    return (states * weights).sum(dim=1) / weights.sum(dim=1)
