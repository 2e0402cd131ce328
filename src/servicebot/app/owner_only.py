"""The store's folder and its files are for the owner only."""

import stat
from pathlib import Path
from typing import Final

_FOLDER: Final = 0o700
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def owner_only(folder: Path) -> None:
    """Makes the folder, and takes every right of others away from it and from what is in it.

    A folder that is shared on purpose (a sticky one, as /tmp) or is not ours is left as it is.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
    found = folder.stat()
    if found.st_mode & stat.S_ISVTX:
        return
    for path in (folder, *folder.rglob("*")):
        _shut(path)


def make_owner_only(file: Path) -> None:
    """Makes an empty file for the owner only, if there is none yet."""
    file.touch(mode=0o600)


def _shut(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
    except (FileNotFoundError, PermissionError):
        return  # gone meanwhile, or another user's: not ours to shut
