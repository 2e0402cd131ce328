"""Checks passwords in a thread of its own: argon2 takes 64 MiB and much time each.

So many sign-ins at once cost the memory of one, and the pages' files wait for none of them.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from servicebot.web.desk_refusals import DeskRefusedError, Refusal

MOST_AT_ONCE: Final = 8  # one after another: the last of them waits less than a second
_AGAIN_S: Final = 2.0


class PasswordPool:
    """One thread and a short queue before it."""

    def __init__(self, name: str) -> None:
        """Takes what the thread is called."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"argon2-{name}")
        self._hasher = PasswordHasher()
        self._inside = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue, to be had before anything is counted or checked.

        Raises:
            DeskRefusedError: There is none now.
        """
        if self._inside >= MOST_AT_ONCE:
            raise DeskRefusedError(Refusal.BUSY, retry_after_s=_AGAIN_S)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def is_right(self, password_hash: str, password: str) -> bool:
        """Whether the password belongs to the hash."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._verify, password_hash, password)

    def close(self) -> None:
        """Waits for the check under way."""
        self._thread.shutdown(cancel_futures=True)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
