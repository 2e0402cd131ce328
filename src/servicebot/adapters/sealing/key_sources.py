"""Where the keys come from: a file, a command, or a file of our own beside an embedded store."""

import contextlib
import os
import secrets
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from servicebot.adapters.sealing.master_keys import KEY_BYTES, MasterKey
from servicebot.domain.errors import StartError

_COMMAND_S: Final = 20.0


def from_file(path: Path) -> Callable[[], str]:
    """Reads a file; others must not be able to."""

    def read() -> str:
        try:
            if path.stat().st_mode & 0o077:
                raise StartError(f"{path} can be read by others: `chmod 600 {path}`.")
            return path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise StartError(
                f"The keys of the stores cannot be read: {error}. Bring the file back; without it "
                "nothing that was stored can be read."
            ) from error

    return read


def from_command(command: str) -> Callable[[], str]:
    """Runs a command whose output are the keys, such as a call to a key service."""

    def read() -> str:
        try:
            done = subprocess.run(  # noqa: S602  the operator's own words, with pipes if they like
                command, shell=True, check=True, capture_output=True, timeout=_COMMAND_S
            )
            return done.stdout.decode("ascii")
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
            # Not its text: output and command may hold secrets.
            raise StartError(
                f"SERVICEBOT_STORE_KEYS_COMMAND failed ({type(error).__name__}); try it by hand."
            ) from None

    return read


def new_key(used_from: datetime) -> MasterKey:
    """A random key."""
    return MasterKey(used_from=used_from, secret=secrets.token_bytes(KEY_BYTES))


def own_file(folder: Path) -> Path:
    """The file beside an embedded store; made with one key where it is missing.

    Of several processes that start at once one makes it.
    """
    path = folder / "store.keys"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        _write(made, new_key(datetime.fromtimestamp(0, UTC)).line + "\n")
        with contextlib.suppress(FileExistsError):  # whoever was first has made it
            os.link(made, path)
        made.unlink()
    return path


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
