"""Loads and checks a content in a process of its own: here it would hold every customer up."""

import hashlib
import pickle
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from servicebot.app.run_apart import dumps, run_apart
from servicebot.content.check import check_content
from servicebot.content.checked_content import CheckedContent
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError

_RULES: Final = ("servicebot.content", "servicebot.screening")  # what a check is made of
_KEPT: Final = 100
_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class LoadApart:
    """Loads contents; what was checked once by the same rules is not checked again.

    Attributes:
        known: A folder with an empty file for each content that nothing stood against. The studio
            checks a draft before it is published, so that its publication is live at once.
    """

    known: Path

    def __call__(self, folder: Path) -> CheckedContent:
        """The content below a folder with what the check says of it; blocks for some seconds."""
        with tempfile.TemporaryDirectory(prefix="load-") as place:
            found = Path(place) / "found"
            run_apart(_load, folder, self.known, found)
            if not found.exists():  # the process died; that is in the log
                return _checked(folder, self.known)
            checked: CheckedContent = pickle.loads(found.read_bytes())  # noqa: S301  our own child's
        return checked


def _load(folder: Path, known: Path, found: Path) -> None:
    written = found.with_suffix(".part")
    written.write_bytes(dumps(_checked(folder, known)))
    written.rename(found)


def _checked(folder: Path, known: Path) -> CheckedContent:
    try:
        content = load_content(folder)
    except ContentError as error:
        return CheckedContent(content=None, faults=error.faults)
    sound = known / f"{content.version}-{_version_of_rules()}"
    if sound.exists():
        return CheckedContent(content=content, faults=())
    faults = check_content(content, folder, frozenset(FLOWS))
    if not faults:
        known.mkdir(parents=True, exist_ok=True)
        sound.touch()
        for oldest in sorted(known.iterdir(), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            oldest.unlink(missing_ok=True)
    return CheckedContent(content=content, faults=faults)


@cache
def _version_of_rules() -> str:
    """Hash of the code and words that a check is made of."""
    told = hashlib.sha256(repr(sorted(FLOWS)).encode())
    for package in _RULES:
        for data in _files_of(files(package)):
            told.update(data)
    return told.hexdigest()[:_LENGTH]


def _files_of(folder: Traversable) -> list[bytes]:
    found = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and one.name != "__pycache__":
            found += _files_of(one)
        elif one.name.endswith((".py", ".yaml")):
            found.append(one.read_bytes())
    return found
