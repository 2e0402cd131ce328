"""A small BERT over 8-bit weights, for one text at a time: token numbers -> one vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch.nn.functional import gelu, layer_norm, scaled_dot_product_attention

from servicebot.adapters.local_models.int8_linear import Int8Linear

NORM_EPSILON: Final = 1e-12
WORDS: Final = "embeddings.word_embeddings.weight"
SCALE: Final = ".scale"
_LAYERS: Final = "encoder.layer."

Tensors = Mapping[str, torch.Tensor]


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

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        count, width = rows.shape
        parts = self.qkv(rows).view(count, 3, self.heads, width // self.heads)
        queries, keys, values = parts.permute(1, 2, 0, 3).unsqueeze(1)
        seen = scaled_dot_product_attention(queries, keys, values)
        rows = self.norms[0](rows + self.out(seen[0].transpose(0, 1).reshape(count, width)))
        return self.norms[1](rows + self.down(gelu(self.up(rows))))


class Int8Transformer:
    """The layers of one encoder, read from tensors that `servicebot.training` wrote.

    Names are those of transformers' BertModel. The words and the weights of linear layers are int8
    with a float32 scale per row beside them; everything else is float32.
    """

    def __init__(self, tensors: Tensors, *, heads: int) -> None:
        """Raises KeyError where a tensor is missing, RuntimeError where one has a wrong shape."""
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

    def __call__(self, tokens: Sequence[int]) -> torch.Tensor:
        """The mean over the tokens, float32 [width], not yet of length 1."""
        places = torch.tensor(tokens)
        rows = self._words[places].float() * self._scales[places, None]
        rows = self._norm(rows + self._positions[: len(tokens)])
        for layer in self._layers:
            rows = layer(rows)
        return rows.mean(dim=0)


def _layer(tensors: Tensors, prefix: str, heads: int) -> _Layer:
    parts = ("query", "key", "value")
    return _Layer(
        qkv=_linear(tensors, *(f"{prefix}attention.self.{part}" for part in parts)),
        out=_linear(tensors, f"{prefix}attention.output.dense"),
        up=_linear(tensors, f"{prefix}intermediate.dense"),
        down=_linear(tensors, f"{prefix}output.dense"),
        norms=(
            _norm(tensors, f"{prefix}attention.output.LayerNorm"),
            _norm(tensors, f"{prefix}output.LayerNorm"),
        ),
        heads=heads,
    )


def _linear(tensors: Tensors, *names: str) -> Int8Linear:
    """One layer, or several over the same input side by side."""
    weight, scale, bias = (
        torch.cat([tensors[f"{name}.{part}"] for name in names])
        for part in ("weight", f"weight{SCALE}", "bias")
    )
    return Int8Linear(weight, scale, bias)


def _norm(tensors: Tensors, name: str) -> _Norm:
    return _Norm(weight=tensors[f"{name}.weight"], bias=tensors[f"{name}.bias"])
