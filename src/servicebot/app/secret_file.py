"""The secret that signs the chat page's conversations: set, or made once and kept with the store."""

import secrets
from pathlib import Path

from servicebot.ports.shared import Shared
from servicebot.settings import Settings
from servicebot.training.write_whole import write_whole


async def chat_secret(settings: Settings, shared: Shared) -> str:
    """The configured secret, else one that all processes of the installation share."""
    if settings.web.chat_secret:
        return settings.web.chat_secret
    if settings.redis is None:
        return kept_secret(settings.store.dir, "chat")
    if (known := await shared.get("secret/chat")) is None:  # a full store is only read
        await shared.put_new("secret/chat", secrets.token_urlsafe(32).encode(), None)
        known = await shared.get("secret/chat")
    return (known or b"").decode()


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
