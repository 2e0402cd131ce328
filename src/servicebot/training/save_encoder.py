"""Writes a trained student as a folder with 8-bit weights, and reads such a folder back."""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn

from servicebot.adapters.local_models.bundled_encoder import (
    CONFIGURATION_NAME,
    FORMAT_VERSION,
    TOKENIZER_NAME,
    WEIGHTS_NAME,
)
from servicebot.adapters.local_models.int8_transformer import RANGE, SCALE, WORDS
from servicebot.adapters.local_models.manifest import check_manifest, write_manifest
from servicebot.training.student import Student, bert_of, cut_tokens

_LARGEST: Final = 127
_SMALLEST: Final = 1e-12
_FORMAT: Final = {"kind": "int8_transformer", "version": FORMAT_VERSION}
# Some hundred texts show the ranges; more widen them little.
_CALIBRATION_TEXTS: Final = 600
_CALIBRATION_SEED: Final = 7
# Query, key and value share one input, and so one range.
_QUERY: Final = "attention.self.query"
_WATCHED: Final = (_QUERY, "attention.output.dense", "intermediate.dense", "output.dense")

_Hook = Callable[[nn.Module, tuple[torch.Tensor, ...]], None]


def save_encoder(folder: Path, student: Student, *, card: str, calibration: Sequence[str]) -> None:
    """Writes weights, tokenizer, configuration, model card and manifest.

    Args:
        folder: Made where it is missing; files of the same names are replaced.
        student: What was trained.
        card: The text of README.md: data, licences, seed, figures.
        calibration: Normalized texts like those to come; they show the ranges of the layers' inputs.

    Raises:
        ValueError: There is no text to calibrate with.
    """
    ranges = input_ranges(student, calibration)
    folder.mkdir(parents=True, exist_ok=True)
    shape = student.layers.config
    configuration = {
        **_FORMAT,
        "heads": shape.num_attention_heads,
        "layers": shape.num_hidden_layers,
        "width": shape.hidden_size,
        "wide": shape.intermediate_size,
        "latin": len(student.latin),
    }
    (folder / CONFIGURATION_NAME).write_text(json.dumps(configuration) + "\n", "utf-8")
    (folder / TOKENIZER_NAME).write_text(student.tokenizer.to_str(), "utf-8")
    (folder / "README.md").write_text(card, "utf-8")
    save_file(narrow_tensors(student) | ranges, folder / WEIGHTS_NAME)
    write_manifest(folder)


def calibration_sample(texts: Iterable[str]) -> tuple[str, ...]:
    """At most 600 of the different `texts`, the same ones whatever their order."""
    different = sorted(set(texts))
    dice = random.Random(_CALIBRATION_SEED)  # noqa: S311 - reproducible draws, no secret
    return tuple(dice.sample(different, min(_CALIBRATION_TEXTS, len(different))))


def load_student(folder: Path, *, seed: int) -> Student:
    """Reads a saved encoder to train it further; the syllables begin at nothing.

    Also reads version 1, which has no input ranges: they are found anew when it is saved.

    Raises:
        ContentError: A file is missing or does not match its checksum.
    """
    check_manifest(folder)
    return student_of(folder, load_file(folder / WEIGHTS_NAME), seed=seed)


def student_of(folder: Path, tensors: Mapping[str, torch.Tensor], *, seed: int) -> Student:
    """A student of the folder's shape and tokenizer with the weights of `narrow_tensors`."""
    shape = json.loads((folder / CONFIGURATION_NAME).read_text("utf-8"))
    wide = {
        name: tensor.float() * tensors[f"{name}{SCALE}"][:, None]
        if f"{name}{SCALE}" in tensors
        else tensor
        for name, tensor in tensors.items()
        if not name.endswith((SCALE, RANGE))
    }
    words = wide.pop(WORDS)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
    student = Student(tokenizer, words[: shape["latin"]], bert_of(shape), seed=seed)
    student.layers.load_state_dict(wide, strict=False)
    with torch.no_grad():
        student.characters.copy_(words[shape["latin"] :])
        student.syllables.zero_()
    return student


def narrow_tensors(student: Student) -> dict[str, torch.Tensor]:
    """The weights as they are saved: int8 rows with their scales, and the floats beside them."""
    found = {
        name: tensor
        for name, tensor in student.layers.state_dict().items()
        if not name.startswith(WORDS) and tensor.is_floating_point()
    }
    linear = {f"{name}.weight" for name, part in student.layers.named_modules() if _is_linear(part)}
    tensors = _narrow(WORDS, student.words())
    for name, tensor in found.items():
        tensors |= _narrow(name, tensor) if name in linear else {name: tensor.contiguous()}
    return tensors


def _is_linear(part: nn.Module) -> bool:
    return isinstance(part, nn.Linear)


def _narrow(name: str, rows: torch.Tensor) -> dict[str, torch.Tensor]:
    """int8 rows with one scale each, so that the largest value of a row becomes 127."""
    scales = rows.abs().amax(dim=1).clamp(min=_SMALLEST) / _LARGEST
    whole = torch.round(rows / scales[:, None]).to(torch.int8)
    return {name: whole.contiguous(), f"{name}{SCALE}": scales.contiguous()}


def input_ranges(student: Student, texts: Sequence[str]) -> dict[str, torch.Tensor]:
    """Lowest and highest input of each linear layer, 0 included: float32 [2] by tensor name.

    Raises:
        ValueError: There is no text.
    """
    if not texts:
        raise ValueError("no text to calibrate with")
    ranges: dict[str, torch.Tensor] = {}
    parts = [
        (f"encoder.layer.{number}.{name}", layer.get_submodule(name))
        for number, layer in enumerate(student.layers.encoder.layer)
        for name in _WATCHED
    ]
    hooks = [part.register_forward_pre_hook(_watch(ranges, name)) for name, part in parts]
    try:
        _encode_in_floats(student, texts)
    finally:
        for hook in hooks:
            hook.remove()
    return ranges


def _watch(ranges: dict[str, torch.Tensor], layer: str) -> _Hook:
    name = f"{layer.removesuffix('.query')}{RANGE}"

    def look(_part: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        low, high = torch.aminmax(
            torch.cat((inputs[0].flatten(), ranges.get(name, torch.zeros(1))))
        )
        ranges[name] = torch.stack((low, high))

    return look


@torch.no_grad()
def _encode_in_floats(student: Student, texts: Sequence[str]) -> None:
    """One text at a time, so that no padding is seen."""
    words, was_training = student.words(), student.training
    student.eval()
    for text in texts:
        ids = cut_tokens(student.tokenizer.encode(text).ids)
        student.layers(inputs_embeds=words[ids].unsqueeze(0))
    student.train(was_training)
