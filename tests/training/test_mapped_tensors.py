"""The arrays of a fitted file stay in the file: shared, read-only, and refused when damaged."""

import hashlib
import mmap
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save

from servicebot.training.mapped_tensors import map_tensors

MEGABYTE = 1024 * 1024
ARRAYS: dict[str, NDArray[np.generic]] = {
    "weights": np.arange(24, dtype=np.float64).reshape(4, 6),
    "rows": np.arange(-5, 5, dtype=np.int8),
    "pieces": np.arange(7, dtype=np.uint32),
    "nothing": np.empty((0, 3), dtype=np.float32),
}


def write(path: Path, arrays: dict[str, NDArray[np.generic]]) -> str:
    body = save(arrays)
    path.write_bytes(body)
    return hashlib.sha256(body).hexdigest()


def owner(array: NDArray[np.generic]) -> object:
    """What the memory of an array belongs to."""
    base: object = array
    while isinstance(base, np.ndarray | memoryview):
        base = base.base if isinstance(base, np.ndarray) else base.obj
    return base


def test_every_array_comes_back_and_cannot_be_written(tmp_path: Path) -> None:
    found = map_tensors(tmp_path / "a", sha256=write(tmp_path / "a", ARRAYS))
    assert set(found) == set(ARRAYS)
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype
        assert isinstance(owner(found[name]), mmap.mmap)
        assert not found[name].flags.writeable
        assert found[name].flags.aligned


def test_reading_all_of_it_takes_hardly_any_memory_of_its_own(tmp_path: Path) -> None:
    size = 32 * MEGABYTE
    sha256 = write(tmp_path / "a", {"large": np.ones(size, dtype=np.uint8)})
    before = own_memory()
    found = map_tensors(tmp_path / "a", sha256=sha256)
    assert int(found["large"].sum(dtype=np.int64)) == size
    assert own_memory() - before < size / 8


def own_memory() -> int:
    """What this process holds that lies in no file, bytes."""
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Anonymous:"))


def test_the_arrays_outlive_the_name_of_the_file(tmp_path: Path) -> None:
    found = map_tensors(tmp_path / "a", sha256=write(tmp_path / "a", ARRAYS))
    (tmp_path / "a").unlink()
    np.testing.assert_array_equal(found["weights"], ARRAYS["weights"])


def test_one_changed_byte_is_refused(tmp_path: Path) -> None:
    sha256 = write(tmp_path / "a", ARRAYS)
    body = bytearray((tmp_path / "a").read_bytes())
    body[-1] ^= 1
    (tmp_path / "a").write_bytes(body)
    with pytest.raises(ValueError, match="checksum"):
        map_tensors(tmp_path / "a", sha256=sha256)
