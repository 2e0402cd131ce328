"""Writes a trained student as a folder with 8-bit weights, and reads such a folder back."""

import json
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn

from servicebot.adapters.local_models.bundled_encoder import (
    CONFIGURATION_NAME,
    TOKENIZER_NAME,
    WEIGHTS_NAME,
)
from servicebot.adapters.local_models.int8_transformer import SCALE, WORDS
from servicebot.adapters.local_models.manifest import check_manifest, write_manifest
from servicebot.training.student import Student, bert_of

_LARGEST: Final = 127
_SMALLEST: Final = 1e-12
_FORMAT: Final = {"kind": "int8_transformer", "version": 1}


def save_encoder(folder: Path, student: Student, *, card: str) -> None:
    """Writes weights, tokenizer, configuration, model card and manifest.

    Args:
        folder: Made where it is missing; files of the same names are replaced.
        student: What was trained.
        card: The text of README.md: data, licences, seed, figures.
    """
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
    save_file(_tensors(student), folder / WEIGHTS_NAME)
    write_manifest(folder)


def load_student(folder: Path, *, seed: int) -> Student:
    """Reads a saved encoder to train it further; the syllables begin at nothing.

    Raises:
        ContentError: A file is missing or does not match its checksum.
    """
    check_manifest(folder)
    shape = json.loads((folder / CONFIGURATION_NAME).read_text("utf-8"))
    tensors = load_file(folder / WEIGHTS_NAME)
    wide = {
        name: tensor.float() * tensors[f"{name}{SCALE}"][:, None]
        if f"{name}{SCALE}" in tensors
        else tensor
        for name, tensor in tensors.items()
        if not name.endswith(SCALE)
    }
    words = wide.pop(WORDS)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
    student = Student(tokenizer, words[: shape["latin"]], bert_of(shape), seed=seed)
    student.layers.load_state_dict(wide, strict=False)
    with torch.no_grad():
        student.characters.copy_(words[shape["latin"] :])
        student.syllables.zero_()
    return student


def _tensors(student: Student) -> dict[str, torch.Tensor]:
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
