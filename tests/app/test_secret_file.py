"""A kept secret is made once and readable only by its owner."""

from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.secret_file import chat_secret, kept_secret
from servicebot.domain.errors import UnavailableError
from servicebot.settings import RedisStore, Settings


def test_the_secret_stays_the_same_and_private(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "var", "chat")
    assert kept_secret(tmp_path / "var", "chat") == first
    assert len(first) >= 32
    assert (tmp_path / "var" / "chat.secret").stat().st_mode & 0o077 == 0


def test_secrets_of_different_names_differ(tmp_path: Path) -> None:
    assert kept_secret(tmp_path, "chat") != kept_secret(tmp_path, "other")


def test_an_empty_file_that_a_crash_left_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "chat.secret").touch()
    made = kept_secret(tmp_path, "chat")
    assert made
    assert kept_secret(tmp_path, "chat") == made


async def test_a_shared_secret_that_stands_is_only_read(settings: Settings) -> None:
    """A Redis whose memory is full refuses what may write; a worker must start all the same."""

    class Full(InProcessShared):
        @override
        async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
            raise UnavailableError("OOM command not allowed")

    shared = Full(SystemClock())
    await shared.put("secret/chat", b"stands", None)
    of_many = replace(settings, redis=RedisStore(url="redis://127.0.0.1"))
    assert await chat_secret(of_many, shared) == "stands"
