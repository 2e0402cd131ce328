"""A secret that is made once and kept beside the store, for the embedded default."""

import secrets
from pathlib import Path

from servicebot.training.write_whole import write_whole


def kept_secret(folder: Path, name: str) -> str:
    """Reads the secret, or makes it; only the owner can read the file.

    It is never half there: an empty file, which a crash of an earlier edition may have left, would
    let anybody sign.
    """
    file = folder / f"{name}.secret"
    secret = file.read_text(encoding="ascii").strip() if file.exists() else ""
    if not secret:
        folder.mkdir(parents=True, exist_ok=True)
        secret = secrets.token_urlsafe(32)
        write_whole(file, secret.encode("ascii"))
    return secret
