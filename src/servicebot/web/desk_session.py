"""Who is signed in at the desk: passwords as argon2 hashes, sessions shared by all processes."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from servicebot.domain.errors import SignatureError
from servicebot.ports.shared import Shared

SHIFT_S: Final = 10 * 3600.0
MOST_FAILURES: Final = 5
LOCK_S: Final = 300.0


class DeskSessions:
    """Signs agents in and out."""

    def __init__(self, agents: Mapping[str, str], shared: Shared) -> None:
        """Takes name -> argon2 hash."""
        self._agents = dict(agents)
        self._shared = shared
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex(8))  # an unknown name takes as long

    async def sign_in(self, name: str, password: str) -> str:
        """Checks a password, some 50 ms in a thread.

        Returns:
            The session's token.

        Raises:
            SignatureError: Name or password are wrong, or there were too many tries.
        """
        if int(await self._shared.get(_failures(name)) or 0) >= MOST_FAILURES:
            raise SignatureError("Too many tries. Wait five minutes.")
        if not await asyncio.to_thread(self._is_right, name, password):
            await self._shared.count(_failures(name), LOCK_S)
            raise SignatureError("Name or password are wrong.")
        await self._shared.forget(_failures(name))
        token = secrets.token_urlsafe(32)
        await self._shared.put(_session(token), name.encode(), SHIFT_S)
        await self._shared.join(_here(name), token, SHIFT_S)
        return token

    async def agent_of(self, token: str) -> str:
        """The agent of a session.

        Raises:
            SignatureError: Nobody is signed in with it.
        """
        name = await self._shared.get(_session(token))
        if name is None or name.decode() not in self._agents:
            raise SignatureError("Sign in first.")
        return name.decode()

    async def is_here(self, agent: str) -> bool:
        """Whether the agent is signed in somewhere."""
        for token in await self._shared.members(_here(agent)):
            if await self._shared.get(_session(token)) is not None:
                return True
        return False

    async def sign_out(self, token: str) -> None:
        """Ends a session."""
        name = await self._shared.get(_session(token))
        await self._shared.forget(_session(token))
        if name is not None:
            await self._shared.leave(_here(name.decode()), token)

    def _is_right(self, name: str, password: str) -> bool:
        try:
            return self._hasher.verify(self._agents.get(name, self._nobody), password)
        except VerificationError:
            return False


def _session(token: str) -> str:
    return f"desk/session/{token}"


def _here(agent: str) -> str:
    return f"desk/here/{agent}"


def _failures(name: str) -> str:
    return f"desk/failures/{name}"
