"""A model folder that does not match its sums is refused by name."""

from pathlib import Path

import pytest

from servicebot.adapters.local_models.manifest import check_manifest, write_manifest
from servicebot.domain.errors import ContentError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "deep" / "b.bin").write_bytes(b"123")
    write_manifest(tmp_path)
    return tmp_path


def test_an_untouched_folder_passes(folder: Path) -> None:
    assert check_manifest(folder) is not None


def test_a_folder_without_a_manifest_passes(tmp_path: Path) -> None:
    assert check_manifest(tmp_path) is None


def test_a_changed_file_is_named_with_both_sums(folder: Path) -> None:
    (folder / "deep" / "b.bin").write_bytes(b"124")
    with pytest.raises(ContentError, match=r"b\.bin.*SHA-256 is [0-9a-f]{64}, the manifest says"):
        check_manifest(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "a.json").unlink()
    with pytest.raises(ContentError, match=r"a\.json.*not there"):
        check_manifest(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": 3}', "\x00"])
def test_an_unreadable_manifest_is_an_error(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ContentError, match=r"manifest\.json"):
        check_manifest(folder)
