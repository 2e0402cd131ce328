"""A small BERT over 8-bit weights: the token numbers of several texts -> one vector each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import torch
from torch.nn.functional import gelu, layer_norm, scaled_dot_product_attention

from servicebot.adapters.local_models.int8_linear import INPUT_STEPS, InputScale, Int8Linear

NORM_EPSILON: Final = 1e-12
WORDS: Final = "embeddings.word_embeddings.weight"
SCALE: Final = ".scale"
RANGE: Final = ".input_range"
_LAYERS: Final = "encoder.layer."

Tensors = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Texts of the same length that stand side by side in the packed rows."""

    texts: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Norm:
    weight: torch.Tensor
    bias: torch.Tensor

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        return layer_norm(rows, self.weight.shape, self.weight, self.bias, NORM_EPSILON)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    qkv: Int8Linear
    out: Int8Linear
    up: Int8Linear
    down: Int8Linear
    norms: tuple[_Norm, _Norm]
    heads: int

    def __call__(self, rows: torch.Tensor, groups: Sequence[_Group]) -> torch.Tensor:
        parts = zip(_split(self.qkv(rows), groups), groups, strict=True)
        attended = [self._attend(part, group) for part, group in parts]
        seen = attended[0] if len(attended) == 1 else torch.cat(attended)
        rows = self.norms[0](rows + self.out(seen))
        return self.norms[1](rows + self.down(gelu(self.up(rows))))

    def _attend(self, rows: torch.Tensor, group: _Group) -> torch.Tensor:
        """[tokens, 3 * width] -> [tokens, width]; a text sees its own tokens only."""
        parts = rows.view(group.texts, group.length, 3, self.heads, -1)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        seen = scaled_dot_product_attention(queries, keys, values)
        return seen.transpose(1, 2).reshape(len(rows), -1)


class Int8Transformer:
    """The layers of one encoder, read from tensors that `servicebot.training` wrote.

    Names are those of transformers' BertModel. The words and the weights of linear layers are int8
    with a float32 scale per row beside them; everything else is float32. Beside the layers over one
    input stands the range it was seen to have, float32 [lowest, highest]: its 8-bit scale is fixed,
    so that texts packed into one matrix do not change each other's rows.
    """

    def __init__(self, tensors: Tensors, *, heads: int) -> None:
        """Raises KeyError for a missing tensor, RuntimeError or ValueError for one that is wrong."""
        self._words, self._scales = tensors[WORDS], tensors[f"{WORDS}{SCALE}"]
        if self._words.dtype is not torch.int8:
            raise RuntimeError(f"the words are {self._words.dtype}, not int8")
        kinds = tensors["embeddings.token_type_embeddings.weight"]
        self._positions = tensors["embeddings.position_embeddings.weight"] + kinds[0]
        self._norm = _norm(tensors, "embeddings.LayerNorm")
        count = len({name.split(".")[2] for name in tensors if name.startswith(_LAYERS)})
        self._layers = tuple(_layer(tensors, f"{_LAYERS}{n}.", heads) for n in range(count))

    @property
    def width(self) -> int:
        """Width of a vector."""
        return self._words.shape[1]

    @property
    def longest(self) -> int:
        """Most tokens of a text, both ends included."""
        return len(self._positions)

    def __call__(self, tokens: Sequence[Sequence[int]]) -> torch.Tensor:
        """Encodes texts packed into one matrix, so that no row is spent on padding.

        On one thread inside an operation no bit of a row depends on the other texts.

        Args:
            tokens: At least one text, each with 1 to `longest` tokens; neighbours of the same length
                are attended together, so sort by length.

        Returns:
            The means over each text's tokens, float32 [texts, width], not yet of length 1.
        """
        lengths = map(len, tokens)
        groups = [_Group(texts=len(list(same)), length=length) for length, same in groupby(lengths)]
        rows = self._embed(tokens)
        for layer in self._layers:
            rows = layer(rows, groups)
        pairs = zip(_split(rows, groups), groups, strict=True)
        return torch.cat([part.view(one.texts, one.length, -1).mean(dim=1) for part, one in pairs])

    def _embed(self, texts: Sequence[Sequence[int]]) -> torch.Tensor:
        """float32 [tokens, width], one text behind the other."""
        words = torch.tensor([word for text in texts for word in text])
        places = torch.tensor([place for text in texts for place in range(len(text))])
        rows = self._words[words].float() * self._scales[words, None]
        return self._norm(rows + self._positions[places])


def _split(rows: torch.Tensor, groups: Sequence[_Group]) -> Sequence[torch.Tensor]:
    if len(groups) == 1:
        return (rows,)
    return torch.split(rows, [group.texts * group.length for group in groups])


def _layer(tensors: Tensors, prefix: str, heads: int) -> _Layer:
    parts = ("query", "key", "value")
    return _Layer(
        qkv=_linear(tensors, f"{prefix}attention.self", [f".{part}" for part in parts]),
        out=_linear(tensors, f"{prefix}attention.output.dense"),
        up=_linear(tensors, f"{prefix}intermediate.dense"),
        down=_linear(tensors, f"{prefix}output.dense"),
        norms=(
            _norm(tensors, f"{prefix}attention.output.LayerNorm"),
            _norm(tensors, f"{prefix}output.LayerNorm"),
        ),
        heads=heads,
    )


def _linear(tensors: Tensors, name: str, parts: Sequence[str] = ("",)) -> Int8Linear:
    """One layer, or the several parts over the same input side by side."""
    weight, scale, bias = (
        torch.cat([tensors[f"{name}{part}.{kind}"] for part in parts])
        for kind in ("weight", f"weight{SCALE}", "bias")
    )
    return Int8Linear(weight, scale, bias, _input_scale(tensors, f"{name}{RANGE}"))


def _input_scale(tensors: Tensors, name: str) -> InputScale:
    low, high = tensors[name].reshape(2).tolist()
    scale = (high - low) / INPUT_STEPS
    if not (low <= 0 <= high and 0 < scale < math.inf):
        raise ValueError(f"{name} is no range around 0: {low} to {high}")
    return InputScale(scale=scale, zero_point=round(-low / scale))


def _norm(tensors: Tensors, name: str) -> _Norm:
    return _Norm(weight=tensors[f"{name}.weight"], bias=tensors[f"{name}.bias"])
