"""Checks a model folder against the SHA-256 sums it was published with."""

import hashlib
import json
from pathlib import Path
from typing import Final

from servicebot.domain.errors import ContentError, ContentFault

MANIFEST_NAME: Final = "manifest.json"
_RULE: Final = "model-files"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def model_fault(path: Path, message: str) -> ContentError:
    """The error for a model file that cannot be used."""
    fault = ContentFault(path=str(path), line=0, rule=_RULE, message=message)
    return ContentError((fault,))


def write_manifest(folder: Path) -> None:
    """Writes `manifest.json` with the sum of every other file of `folder`."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST_NAME
    )
    sums = {name: sha256_of(folder / name) for name in names}
    (folder / MANIFEST_NAME).write_text(json.dumps({"sha256": sums}, indent=2) + "\n", "utf-8")


def check_manifest(folder: Path) -> str | None:
    """Compares every listed file with its sum.

    Returns:
        The SHA-256 of the manifest itself, or None where the folder has none.

    Raises:
        ContentError: A file is missing or differs, or the manifest cannot be read.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return None
    for name, expected in _read_sums(path).items():
        file = folder / name
        if not file.is_file():
            raise model_fault(file, "the manifest names it, but it is not there; copy it again")
        actual = sha256_of(file)
        if actual != expected:
            problem = f"its SHA-256 is {actual}, the manifest says {expected}; copy it again"
            raise model_fault(file, problem)
    return sha256_of(path)


def _read_sums(path: Path) -> dict[str, str]:
    try:
        document = json.loads(path.read_text("utf-8"))
        sums = document["sha256"]
        return {str(name): str(value) for name, value in sums.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise model_fault(path, f"cannot be read as a manifest: {error}") from error
