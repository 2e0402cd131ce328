"""A safetensors file as arrays that stay in the file: processes which open it share its memory."""

import hashlib
import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SIZE_BYTES: Final = 8
# Only what the fit writes; the names are those of the format.
_TYPES: Final[Mapping[str, str]] = {
    "F64": "<f8",
    "F32": "<f4",
    "I64": "<i8",
    "I8": "|i1",
    "U32": "<u4",
    "U8": "|u1",
}


def map_tensors(path: Path, *, sha256: str) -> dict[str, NDArray[np.generic]]:
    """Maps every tensor of a file, read-only.

    The sum is taken over the very file that is mapped, so a file that takes its place between is
    never used. The arrays hold as long as they are used, even when the file is taken away; only
    cutting it in place would end the process, so files are written beside and renamed.

    Args:
        path: The file.
        sha256: What its bytes must give, hexadecimal.

    Raises:
        OSError: It cannot be read.
        ValueError: Its sum is another, or it is no such file.
        KeyError: A tensor has a type that the fit does not write.
    """
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise ValueError(f"{path} does not match its checksum")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = _SIZE_BYTES + int.from_bytes(mapped[:_SIZE_BYTES], "little")
    header = json.loads(mapped[_SIZE_BYTES:start])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(
            mapped,
            dtype=np.dtype(_TYPES[found["dtype"]]),
            count=int(np.prod(found["shape"], dtype=np.int64)),
            offset=start + found["data_offsets"][0],
        ).reshape(found["shape"])
        for name, found in header.items()
    }
