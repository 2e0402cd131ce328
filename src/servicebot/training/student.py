"""The trainable twin of the bundled encoder: an English transformer that learns Chinese characters.

A Chinese character's row is the sum of a row of its own and one of its syllable, so that homophones
start out alike and a character no text has taught still sounds like something. Saved, both are one.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import embedding, normalize
from transformers import BertConfig, BertModel
from typing_extensions import override

from servicebot.understanding.pinyin import syllable

LONGEST: Final = 64
_NOISE: Final = 0.02
# Few different shapes: the kernels are prepared anew for each, which took half of a step.
_TOGETHER: Final = 40
_STRIDE: Final = 8


class Student(nn.Module):
    """Encodes normalized texts with gradients; its vectors have length 1.

    Attributes:
        tokenizer: Latin pieces first, then one token for each character.
        latin: Frozen rows of the Latin pieces, float32 [pieces, width].
        characters: Rows of the Chinese characters, float32 [characters, width].
        syllables: Rows of their syllables, float32 [syllables, width].
        layers: Everything above the rows.
    """

    latin: torch.Tensor
    sounds: torch.Tensor

    def __init__(
        self, tokenizer: Tokenizer, latin: torch.Tensor, layers: BertModel, *, seed: int
    ) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.layers = layers
        self.register_buffer("latin", latin)
        spoken = sounds_of(characters_of(tokenizer, len(latin)))
        self.register_buffer("sounds", spoken)
        dice = torch.Generator().manual_seed(seed)
        width = latin.shape[1]
        rows = torch.randn(len(spoken), width, generator=dice) * _NOISE + latin.mean(dim=0)
        sounds = torch.randn(int(spoken.max()) + 1, width, generator=dice) * _NOISE / 2
        self.characters = nn.Parameter(rows)
        self.syllables = nn.Parameter(sounds)

    @override
    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """float32 [texts, width], rows of length 1; texts of like length are encoded together."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        parts = [order[begin : begin + _TOGETHER] for begin in range(0, len(order), _TOGETHER)]
        vectors = torch.cat([self._encode([texts[place] for place in part]) for part in parts])
        return vectors[torch.tensor(np.argsort(order))]

    def _encode(self, texts: Sequence[str]) -> torch.Tensor:
        tokens, mask = self._tokens(texts)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.layers(inputs_embeds=self.rows(tokens), attention_mask=mask)
        weights = mask.unsqueeze(-1).float()
        total = (states.last_hidden_state.float() * weights).sum(dim=1)
        return normalize(total / weights.sum(dim=1), dim=1)

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encodes without gradients, texts of like length together."""
        was_training = self.training
        self.eval()
        vectors = self(texts).numpy()
        self.train(was_training)
        return np.asarray(vectors, dtype=np.float32)

    def words(self) -> torch.Tensor:
        """The rows of all tokens as they are saved, float32 [tokens, width]."""
        chinese = self.characters + self.syllables[self.sounds]
        return torch.cat((self.latin, chinese)).detach()

    def rows(self, tokens: torch.Tensor) -> torch.Tensor:
        """The rows of int64 [texts, longest] tokens, float32 [texts, longest, width]."""
        first = len(self.latin)
        places = (tokens - first).clamp(min=0)
        sounds = embedding(self.sounds[places], self.syllables)
        chinese = embedding(places, self.characters) + sounds
        return torch.where(
            (tokens >= first).unsqueeze(-1),
            chinese,
            embedding(tokens.clamp(max=first - 1), self.latin),
        )

    def _tokens(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        found = [cut_tokens(one.ids) for one in self.tokenizer.encode_batch_fast(list(texts))]
        longest = -(-max(map(len, found)) // _STRIDE) * _STRIDE
        tokens = torch.zeros(len(found), longest, dtype=torch.long)
        mask = torch.zeros_like(tokens)
        for place, ids in enumerate(found):
            tokens[place, : len(ids)] = torch.tensor(ids)
            mask[place, : len(ids)] = 1
        return tokens, mask


def bert_of(shape: Mapping[str, int]) -> BertModel:
    """An untrained stack of layers without word rows of its own."""
    config = BertConfig(
        vocab_size=1,
        hidden_size=shape["width"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        intermediate_size=shape["wide"],
        max_position_embeddings=LONGEST,
    )
    return BertModel(config, add_pooling_layer=False)


def characters_of(tokenizer: Tokenizer, first: int) -> tuple[str, ...]:
    """The Chinese characters among the tokens, from number `first` on."""
    numbers = range(first, tokenizer.get_vocab_size())
    return tuple(str(tokenizer.id_to_token(number)) for number in numbers)


def sounds_of(characters: Sequence[str]) -> torch.Tensor:
    """The number of each character's toneless syllable, int64 [characters]."""
    spoken = [syllable(character) or character for character in characters]
    numbers = {sound: number for number, sound in enumerate(sorted(set(spoken)))}
    return torch.tensor([numbers[sound] for sound in spoken])


def cut_tokens(ids: list[int], longest: int = LONGEST) -> list[int]:
    """At most `longest` token numbers; the last one stays, it ends the text."""
    return ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]]
