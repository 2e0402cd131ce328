"""Keeps fitted parts in a folder: one safetensors file and one JSON file per fit, written whole."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from servicebot.domain.costs import Costs
from servicebot.domain.understanding import Language
from servicebot.training.fit_acts import ActHeads
from servicebot.understanding.classify_intent import IntentHead, PieceVocabulary
from servicebot.understanding.confidence import Confidence, Threshold

_KEPT: Final = 6
_ACTS: Final = "acts_"
_SIGNALS: Final = "signals_"


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedParts:
    """What the fit of one language found.

    Attributes:
        vectors: float32 [rows, dimension] of the phrases, in sorted order.
        head: Over all phrases.
        confidence: From the phrases that were left out in turn.
        acts: The heads of the acts; None where none are taught.
    """

    vectors: NDArray[np.float32]
    head: IntentHead
    confidence: Confidence
    acts: ActHeads | None = None

    def at(self, costs: Costs) -> "FittedParts":
        """The same parts, deciding by other costs."""
        return replace(self, confidence=replace(self.confidence, costs=costs))


def save_fitted(folder: Path, key: str, parts: Mapping[Language, FittedParts]) -> None:
    """Writes the parts under `key`; the JSON file comes last and holds the sum of the other."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {
        f"{language}.{name}": np.ascontiguousarray(array)
        for language, part in parts.items()
        for name, array in _arrays(part).items()
    }
    body = save(arrays)
    document = {
        "sha256": hashlib.sha256(body).hexdigest(),
        "thresholds": {
            language.value: [asdict(part.confidence.answer), asdict(part.confidence.ask_back)]
            for language, part in parts.items()
        },
    }
    write_whole(folder / f"{key}.safetensors", body)
    write_whole(folder / f"{key}.json", json.dumps(document, indent=2).encode())
    _forget_oldest(folder)


def _forget_oldest(folder: Path) -> None:
    """Keeps the newest few: an edit is often taken back, but a year of edits fills a disk."""
    newest_first = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[::-1]
    for document in newest_first[_KEPT:]:
        document.unlink(missing_ok=True)
        document.with_suffix(".safetensors").unlink(missing_ok=True)


def load_fitted(folder: Path, key: str) -> dict[Language, FittedParts] | None:
    """Reads the parts under `key`; None where they are missing or damaged, so they are refitted."""
    try:
        body = (folder / f"{key}.safetensors").read_bytes()
        document = json.loads((folder / f"{key}.json").read_text("utf-8"))
        if document["sha256"] != hashlib.sha256(body).hexdigest():
            return None
        arrays = load(body)
        return {
            Language(language): _parts(_of_language(arrays, language), found)
            for language, found in sorted(document["thresholds"].items())
        }
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _of_language(
    arrays: Mapping[str, NDArray[np.generic]], language: str
) -> dict[str, NDArray[np.generic]]:
    prefix = f"{language}."
    return {
        name.removeprefix(prefix): array
        for name, array in arrays.items()
        if name.startswith(prefix)
    }


def _arrays(part: FittedParts) -> dict[str, NDArray[np.generic]]:
    return {
        "vectors": part.vectors,
        **_of_head(part.head, ""),
        **(_of_acts(part.acts) if part.acts is not None else {}),
        "signal_weights": part.confidence.signal_weights,
        "calibration": part.confidence.calibration,
        "usefulness": part.confidence.usefulness,
    }


def _of_head(head: IntentHead, prefix: str) -> dict[str, NDArray[np.generic]]:
    return {
        f"{prefix}pieces": head.vocabulary.pieces,
        f"{prefix}idf": head.vocabulary.idf,
        f"{prefix}shares": np.array(head.vocabulary.shares),
        f"{prefix}vector_weights": head.vector_weights,
        f"{prefix}piece_weights": head.piece_weights,
        f"{prefix}biases": head.biases,
    }


def _of_acts(heads: ActHeads) -> dict[str, NDArray[np.generic]]:
    rows: dict[str, NDArray[np.generic]] = {
        f"{_ACTS}vectors": heads.vectors,
        f"{_ACTS}labels": heads.labels,
    }
    return _of_head(heads.acts, _ACTS) | _of_head(heads.signals, _SIGNALS) | rows


def _acts(arrays: Mapping[str, NDArray[np.generic]]) -> ActHeads:
    return ActHeads(
        acts=_head(arrays, _ACTS),
        signals=_head(arrays, _SIGNALS),
        vectors=arrays[f"{_ACTS}vectors"].astype(np.float32),
        labels=arrays[f"{_ACTS}labels"].astype(np.int64),
    )


def _head(arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> IntentHead:
    return IntentHead(
        vocabulary=PieceVocabulary(
            pieces=arrays[f"{prefix}pieces"].astype(np.uint32),
            idf=arrays[f"{prefix}idf"].astype(np.float64),
            buckets=len(arrays[f"{prefix}piece_weights"]),
            shares=tuple(arrays[f"{prefix}shares"].astype(np.float64).tolist()),
        ),
        vector_weights=arrays[f"{prefix}vector_weights"].astype(np.float64),
        piece_weights=arrays[f"{prefix}piece_weights"].astype(np.float32),
        biases=arrays[f"{prefix}biases"].astype(np.float64),
    )


def _parts(
    arrays: Mapping[str, NDArray[np.generic]], thresholds: list[dict[str, float]]
) -> FittedParts:
    answer, ask_back = (
        Threshold(
            probability=float(found["probability"]),
            answered=int(found["answered"]),
            wrong=int(found["wrong"]),
            bound=float(found["bound"]),
            asked=int(found["asked"]),
        )
        for found in thresholds
    )
    return FittedParts(
        vectors=arrays["vectors"].astype(np.float32),
        head=_head(arrays, ""),
        acts=_acts(arrays) if f"{_ACTS}biases" in arrays else None,
        confidence=Confidence(
            signal_weights=arrays["signal_weights"].astype(np.float64),
            calibration=arrays["calibration"].astype(np.float64),
            usefulness=arrays["usefulness"].astype(np.float64),
            answer=answer,
            ask_back=ask_back,
        ),
    )


def write_whole(path: Path, body: bytes) -> None:
    """Writes beside the file and renames, so that a crash leaves the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
