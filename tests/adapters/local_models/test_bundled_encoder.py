"""The shipped encoder is small, quick, exact, and knows a little of both languages."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from servicebot.adapters.local_models.bundled_encoder import (
    WEIGHTS_NAME,
    bundled_encoder_folder,
    load_bundled_encoder,
)
from servicebot.adapters.local_models.manifest import write_manifest
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.errors import ContentError
from servicebot.ports.encoder import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_a_row_is_the_same_alone_and_in_a_batch(encoder: Encoder, texts: list[str]) -> None:
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert together.tobytes() == alone.tobytes()


def test_more_threads_change_no_bit(encoder: Encoder) -> None:
    texts = ["怎么还款", "repay early", "额度为什么是零 我着急用", "x" * 500] * 4
    several = load_bundled_encoder(bundled_encoder_folder(), threads=4)
    assert several.encode(texts).tobytes() == encoder.encode(texts).tobytes()


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
