"""The shipped encoder is small, quick, exact, and knows a little of both languages."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file
from safetensors.torch import load_file as load_torch_file

from servicebot.adapters.local_models.bundled_encoder import (
    CONFIGURATION_NAME,
    WEIGHTS_NAME,
    bundled_encoder_folder,
    load_bundled_encoder,
)
from servicebot.adapters.local_models.int8_transformer import Int8Transformer
from servicebot.adapters.local_models.manifest import write_manifest
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.errors import ContentError
from servicebot.ports.encoder import Encoder

SAID = (
    "怎么还款",
    "repay early",
    "额度为什么是零 我着急用",
    "x" * 500,
    "卡",
    "",
    "😀",
    "i lost it",
)
TEXTS = [f"{SAID[n % 8]}{SAID[n % 5][: n % 7]}" for n in range(100)]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_a_row_is_the_same_alone_and_in_a_batch(encoder: Encoder, texts: list[str]) -> None:
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert together.tobytes() == alone.tobytes()


@pytest.fixture(scope="module")
def alone(encoder: Encoder) -> bytes:
    """The rows of TEXTS, each encoded alone."""
    return b"".join(encoder.encode([text]).tobytes() for text in TEXTS)


@pytest.fixture(scope="module", params=[1, 2, 4])
def several(request: pytest.FixtureRequest) -> Encoder:
    """The same encoder on so many threads."""
    return load_bundled_encoder(bundled_encoder_folder(), threads=request.param)


@pytest.mark.parametrize("size", [1, 2, 7, 32, 100])
def test_neither_batches_nor_threads_change_a_bit(
    alone: bytes, several: Encoder, size: int
) -> None:
    batches = [TEXTS[begin : begin + size] for begin in range(0, len(TEXTS), size)]
    assert b"".join(several.encode(batch).tobytes() for batch in batches) == alone


def test_the_packed_rows_are_the_same_before_they_are_rounded() -> None:
    tensors = load_torch_file(bundled_encoder_folder() / WEIGHTS_NAME)
    model = Int8Transformer(tensors, heads=12)
    texts = [[text * 701 + place * 97 for place in range(text % 13 * 5 + 1)] for text in range(40)]
    with torch.inference_mode():
        one = torch.cat([model([text]) for text in texts])
        for size in (2, 7, 40):
            parts = [model(texts[begin : begin + size]) for begin in range(0, 40, size)]
            assert torch.equal(torch.cat(parts), one)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert not encoder.encode(["", "😀"]).any()


def test_rows_have_length_one_and_nothing_has_none(encoder: Encoder) -> None:
    vectors = encoder.encode(["怎么还款", "repay", "", "😀"])
    lengths = np.linalg.norm(vectors, axis=1)
    np.testing.assert_allclose(lengths, [1, 1, 0, 0], atol=1e-6)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, encoder.dimension)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("我想把钱提前还了", "提前还款", "冻结银行卡"),
        ("卡丢了", "挂失", "提前还款"),
        ("i lost my card", "卡丢了怎么办", "利息是多少"),
        ("微粒货怎么开通", "微粒贷怎么开通", "今天天气"),
        ("early repayment fee", "提前还款手续费", "刷脸失败"),
    ],
)
def test_what_means_the_same_is_nearer(encoder: Encoder, asked: str, near: str, far: str) -> None:
    question, one, other = encoder.encode([asked, near, far])
    assert question @ one > question @ other


def test_the_shipped_folder_is_small_and_has_its_sums() -> None:
    folder = bundled_encoder_folder()
    assert (folder / WEIGHTS_NAME).stat().st_size < 30_000_000
    assert (folder / "manifest.json").is_file()
    assert "CC BY" in (folder / "README.md").read_text("utf-8")
    assert not [path for path in folder.rglob("*") if path.suffix in {".bin", ".pt", ".pkl"}]


def test_a_corrupted_copy_is_refused(tmp_path: Path) -> None:
    shutil.copytree(bundled_encoder_folder(), tmp_path / "copy")
    weights = tmp_path / "copy" / WEIGHTS_NAME
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ContentError, match=r"model\.safetensors.*SHA-256"):
        load_bundled_encoder(tmp_path / "copy")


@pytest.mark.parametrize("case", ["missing", "garbage", "other"])
def test_weights_that_are_none_are_refused(tmp_path: Path, case: str) -> None:
    if case == "garbage":
        (tmp_path / WEIGHTS_NAME).write_bytes(b"garbage" * 9)
    if case == "other":
        shutil.copytree(bundled_encoder_folder(), tmp_path, dirs_exist_ok=True)
        save_file({"table": np.zeros((2, 2), np.float32)}, tmp_path / WEIGHTS_NAME)
        write_manifest(tmp_path)
    with pytest.raises(ContentError, match=r"model\.safetensors"):
        load_bundled_encoder(tmp_path)


def test_version_1_is_refused_with_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(bundled_encoder_folder(), tmp_path, dirs_exist_ok=True)
    path = tmp_path / CONFIGURATION_NAME
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"version": 1}), "utf-8")
    write_manifest(tmp_path)
    problem = r"cannot be read as encoder weights: version 1, not 2; train or adapt it again"
    with pytest.raises(ContentError, match=problem):
        load_bundled_encoder(tmp_path)


@pytest.mark.parametrize("ends", [None, (0, 0), (1, 2), (-1, np.inf), (np.nan, 1), (-1, 0, 1)])
def test_weights_without_usable_input_ranges_are_refused(
    tmp_path: Path, ends: tuple[float, ...] | None
) -> None:
    shutil.copytree(bundled_encoder_folder(), tmp_path, dirs_exist_ok=True)
    tensors = load_file(tmp_path / WEIGHTS_NAME)
    name = "encoder.layer.2.intermediate.dense.input_range"
    del tensors[name]
    if ends is not None:
        tensors[name] = np.array(ends, np.float32)
    save_file(tensors, tmp_path / WEIGHTS_NAME)
    write_manifest(tmp_path)
    with pytest.raises(ContentError, match="cannot be read as encoder weights"):
        load_bundled_encoder(tmp_path)
