"""A secret that is made once and kept beside the store, for the embedded default."""

import secrets
from pathlib import Path


def kept_secret(folder: Path, name: str) -> str:
    """Reads the secret, or makes it; only the owner can read the file."""
    file = folder / f"{name}.secret"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return file.read_text(encoding="ascii").strip()
