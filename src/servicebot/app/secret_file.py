"""The secrets of an installation: set, or made once and kept with the store."""

import secrets
from pathlib import Path

from servicebot.ports.shared import Shared
from servicebot.settings import Settings
from servicebot.training.write_whole import write_whole


async def chat_secret(settings: Settings, shared: Shared) -> str:
    """Signs the chat page's conversations."""
    return await installation_secret(settings, shared, "chat", settings.web.chat_secret)


async def desk_secret(settings: Settings, shared: Shared) -> str:
    """Signs known devices and seals second factors."""
    return await installation_secret(settings, shared, "desk", settings.desk.key)


async def audit_key(settings: Settings, shared: Shared) -> bytes:
    """Seals the audit trail; it never stands in the database of the trail."""
    key = await installation_secret(settings, shared, "audit", settings.desk.audit.key)
    return key.encode()


async def installation_secret(
    settings: Settings, shared: Shared, name: str, configured: str
) -> str:
    """The configured secret, else one that all processes of the installation share."""
    if configured:
        return configured
    if settings.redis is None:
        return kept_secret(settings.store.dir, name)
    key = f"secret/{name}"
    if (known := await shared.get(key)) is None:  # a full store is only read
        await shared.put_new(key, secrets.token_urlsafe(32).encode(), None)
        known = await shared.get(key)
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
