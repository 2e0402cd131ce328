"""Who is signed in at the desk: passwords as argon2 hashes, sessions in memory for a shift."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from servicebot.domain.errors import SignatureError
from servicebot.ports.clock import Clock

SHIFT_S: Final = 10 * 3600.0
MOST_FAILURES: Final = 5
LOCK_S: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    agent: str
    ends_at: float


class DeskSessions:
    """Signs agents in and out; a restart signs everybody out."""

    def __init__(self, agents: Mapping[str, str], clock: Clock) -> None:
        """Takes name -> argon2 hash."""
        self._agents = dict(agents)
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._failures: dict[str, tuple[int, float]] = {}
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_hex(8))  # an unknown name takes as long

    def sign_in(self, name: str, password: str) -> str:
        """Checks a password; takes some 50 ms, so call it in a thread.

        Returns:
            The session's token.

        Raises:
            SignatureError: Name or password are wrong, or there were too many tries.
        """
        now = self._clock.monotonic_s()
        failures, since = self._failures.get(name, (0, now))
        if failures >= MOST_FAILURES and now - since < LOCK_S:
            raise SignatureError("Too many tries. Wait five minutes.")
        try:
            self._hasher.verify(self._agents.get(name, self._nobody), password)
        except VerificationError as error:
            self._failures[name] = (failures + 1, now)
            raise SignatureError("Name or password are wrong.") from error
        self._failures.pop(name, None)
        token = secrets.token_urlsafe(32)
        self._sessions[token] = _Session(agent=name, ends_at=now + SHIFT_S)
        return token

    def agent_of(self, token: str) -> str:
        """The agent of a session.

        Raises:
            SignatureError: Nobody is signed in with it.
        """
        session = self._sessions.get(token)
        if session is None or session.ends_at < self._clock.monotonic_s():
            self._sessions.pop(token, None)
            raise SignatureError("Sign in first.")
        return session.agent

    async def is_here(self, agent: str) -> bool:
        """Whether the agent is signed in somewhere."""
        now = self._clock.monotonic_s()
        return any(one.agent == agent and one.ends_at >= now for one in self._sessions.values())

    def sign_out(self, token: str) -> None:
        """Ends a session."""
        self._sessions.pop(token, None)
