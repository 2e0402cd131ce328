"""Keeps fits in a folder: one safetensors file and one JSON file for each, written whole."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import save

from servicebot.training.fitted_parts import FittedParts, parts_of, to_arrays
from servicebot.training.mapped_tensors import map_tensors
from servicebot.training.write_whole import write_whole

_KEPT: Final = 12  # some 40 MB each
_NAME_LENGTH: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class FitKey:
    """What a fit of one language is found by.

    Attributes:
        kind: Hash of all that must be alike for one fit to begin from another.
        taught: Hash of what is learnt and asked.
        start: Name of the fit that it began from; empty where it began from nothing.
    """

    kind: str
    taught: str
    start: str = ""

    @property
    def name(self) -> str:
        """Of its files, without their suffix."""
        named = f"{self.kind}|{self.taught}|{self.start}"
        return hashlib.sha256(named.encode()).hexdigest()[:_NAME_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The fit of one language, and the name that tells it from any other."""

    name: str
    parts: FittedParts


def save_fitted(folder: Path, key: FitKey, part: FittedParts) -> None:
    """Writes the parts of a fit; the JSON file comes last and holds the sum of the other."""
    folder.mkdir(parents=True, exist_ok=True)
    body = save({name: np.ascontiguousarray(array) for name, array in to_arrays(part).items()})
    document = {
        **asdict(key),
        "sha256": hashlib.sha256(body).hexdigest(),
        "topics": [[topic.kind.value, topic.id] for topic in part.rows.topics],
        "thresholds": [asdict(part.confidence.answer), asdict(part.confidence.ask_back)],
    }
    write_whole(folder / f"{key.name}.safetensors", body)
    write_whole(folder / f"{key.name}.json", json.dumps(document, indent=2).encode())
    _forget_oldest(folder)


def find_fitted(folder: Path, key: FitKey) -> Fitted | None:
    """The fit from nothing to what is taught, or else the newest from another's end."""
    for found in (key, *_kept(folder, kind=key.kind, taught=key.taught)):
        if (parts := load_fitted(folder, found.name)) is not None:
            return Fitted(name=found.name, parts=parts)
    return None


def find_start(folder: Path, key: FitKey) -> Fitted | None:
    """The newest fit from nothing that one to something else may begin from."""
    for found in _kept(folder, kind=key.kind):
        if not found.start and (parts := load_fitted(folder, found.name)) is not None:
            (folder / f"{found.name}.json").touch()  # it is not forgotten while it is of use
            return Fitted(name=found.name, parts=parts)
    return None


def load_fitted(folder: Path, name: str) -> FittedParts | None:
    """Maps the parts of a fit; None where they are missing or damaged, so they are fitted anew.

    Nothing of the file is copied: processes that serve the same content share its memory.
    """
    try:
        document = json.loads((folder / f"{name}.json").read_text("utf-8"))
        arrays = map_tensors(folder / f"{name}.safetensors", sha256=document["sha256"])
        return parts_of(arrays, document["topics"], document["thresholds"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _kept(folder: Path, **wanted: str) -> Iterator[FitKey]:
    """The keys of the fits in a folder that have these fields, the newest first."""
    for file in _newest_first(folder):
        try:
            found = json.loads(file.read_text("utf-8"))
            key = FitKey(kind=found["kind"], taught=found["taught"], start=found["start"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if wanted.items() <= asdict(key).items():
            yield key


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[::-1]


def _forget_oldest(folder: Path) -> None:
    """Keeps the newest few: an edit is often taken back, but a year of edits fills a disk."""
    for document in _newest_first(folder)[_KEPT:]:
        document.unlink(missing_ok=True)
        document.with_suffix(".safetensors").unlink(missing_ok=True)
