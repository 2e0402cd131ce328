"""A saved student encodes with 8-bit weights what it encoded with floats."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from servicebot.adapters.local_models.bundled_encoder import (
    TOKENIZER_NAME,
    WEIGHTS_NAME,
    bundled_encoder_folder,
    load_bundled_encoder,
)
from servicebot.training.save_encoder import calibration_sample, load_student, save_encoder
from servicebot.training.student import Student, bert_of

LATIN = 27_628
SHAPE = {"width": 32, "layers": 2, "heads": 4, "wide": 64}
TEXTS = ("提前还款", "怎么还款", "冻结银行卡", "i lost my card", "repay early", "x " * 300, "还")


@pytest.fixture
def student() -> Student:
    """Untrained, two layers, 32 wide."""
    torch.manual_seed(3)
    tokenizer = Tokenizer.from_file(str(bundled_encoder_folder() / TOKENIZER_NAME))
    return Student(tokenizer, torch.randn(LATIN, SHAPE["width"]) / 8, bert_of(SHAPE), seed=3)


def test_a_saved_student_says_what_it_said_in_floats(student: Student, tmp_path: Path) -> None:
    save_encoder(tmp_path, student, card="small", calibration=TEXTS)
    saved, floats = load_bundled_encoder(tmp_path).encode(TEXTS), student.encode(TEXTS)
    assert np.sum(saved * floats, axis=1).min() > 0.99
    others = np.argsort(-(floats @ floats.T), axis=1)[:, 1]
    np.testing.assert_array_equal(np.argsort(-(saved @ saved.T), axis=1)[:, 1], others)


def test_the_ranges_hold_every_input_and_zero(student: Student, tmp_path: Path) -> None:
    save_encoder(tmp_path, student, card="small", calibration=TEXTS)
    tensors = load_file(tmp_path / WEIGHTS_NAME)
    ranges = {name: found for name, found in tensors.items() if name.endswith("input_range")}
    assert len(ranges) == 4 * SHAPE["layers"]
    assert all(low <= 0 < high for low, high in (found.tolist() for found in ranges.values()))
    few = load_file(_saved(student, tmp_path / "few", TEXTS[:1]) / WEIGHTS_NAME)
    assert all(few[name][1] <= found[1] for name, found in ranges.items())


def test_saving_leaves_the_student_as_it_was(student: Student, tmp_path: Path) -> None:
    student.train()
    before = {name: value.clone() for name, value in student.state_dict().items()}
    _saved(student, tmp_path, TEXTS)
    assert student.training
    assert all(torch.equal(before[name], value) for name, value in student.state_dict().items())


def test_a_folder_read_and_saved_again_has_the_same_weights(
    student: Student, tmp_path: Path
) -> None:
    first = _saved(student, tmp_path / "first", TEXTS)
    again = _saved(load_student(first, seed=1), tmp_path / "again", TEXTS)
    one, other = load_file(first / WEIGHTS_NAME), load_file(again / WEIGHTS_NAME)
    assert one.keys() == other.keys()
    whole = [name for name, tensor in one.items() if tensor.dtype is torch.int8]
    assert all(torch.equal(one[name], other[name]) for name in whole)
    assert json.loads((again / "int8_transformer.json").read_text("utf-8"))["version"] == 2


def test_no_text_to_calibrate_with_is_refused(student: Student, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no text"):
        _saved(student, tmp_path, ())


def test_the_calibration_sample_does_not_hang_on_the_order() -> None:
    texts = [f"text {number % 700}" for number in range(1400)]
    sample = calibration_sample(texts)
    assert len(sample) == len(set(sample)) == 600
    assert sample == calibration_sample(reversed(texts))
    assert set(calibration_sample(["b", "a", "b"])) == {"a", "b"}


def _saved(student: Student, folder: Path, texts: tuple[str, ...]) -> Path:
    save_encoder(folder, student, card="small", calibration=texts)
    return folder
