"""Who is signed in at the desk: sessions that all processes see and that outlive a restart.

Only hashes of the tokens are stored, so who reads the store can sign in nowhere.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import orjson

from servicebot.domain.desk_people import Account, DeskSession, Role
from servicebot.ports.clock import Clock
from servicebot.ports.shared import Shared
from servicebot.turns.bell import Bell
from servicebot.web.desk_refusals import DeskRefusedError, Refusal

SHIFT: Final = timedelta(hours=10)


class DeskSessions:
    """Begins, finds and ends sessions."""

    def __init__(
        self,
        people: Mapping[str, Account],
        shared: Shared,
        clock: Clock,
        *,
        bell: Bell | None = None,
        shift: timedelta = SHIFT,
    ) -> None:
        """Takes the accounts of the settings, the store, and the bell that ends sockets.

        A session of somebody from the settings ends when they are taken out of them or get
        another role or password there.
        """
        self._shared = shared
        self._bell = bell or Bell()
        self._clock = clock
        self._stamps = {
            one.name: stamp_of(f"{one.role}={one.password_hash}") for one in people.values()
        }
        self._shift = shift

    async def begin(self, agent: str, role: Role) -> str:
        """Signs somebody in; gives the token, which is told to their browser only."""
        token = secrets.token_urlsafe(32)
        session_id, shift_s = _hash(token), self._shift.total_seconds()
        told = {
            "agent": agent,
            "role": role.value,
            "ends_at": (self._clock.now() + self._shift).isoformat(),
            "stamp": self._stamps.get(agent, ""),
        }
        await self._shared.put(_session(session_id), orjson.dumps(told), shift_s)
        await self._shared.join(_here(agent), session_id, shift_s)
        return token

    async def find(self, token: str) -> DeskSession:
        """The session of a token.

        Raises:
            DeskRefusedError: Nobody is signed in with it.
        """
        session = await self._read(_hash(token))
        if session is None:
            raise DeskRefusedError(Refusal.SIGN_IN_FIRST)
        return session

    async def is_live(self, session: DeskSession) -> bool:
        """Whether a session has not ended, in whichever process."""
        return await self._read(session.id) is not None

    async def is_here(self, agent: str) -> bool:
        """Whether the agent is signed in somewhere."""
        return bool(await self.of(agent))

    async def of(self, agent: str) -> tuple[DeskSession, ...]:
        """Everywhere somebody is signed in."""
        found = [await self._read(one) for one in await self._shared.members(_here(agent))]
        return tuple(one for one in found if one is not None)

    async def end(self, session: DeskSession) -> None:
        """Ends a session; its sockets in all processes are closed."""
        await self._shared.forget(_session(session.id))
        await self._shared.leave(_here(session.agent), session.id)
        self._bell.ring(session_bell(session.id))

    async def end_all(self, agent: str) -> int:
        """Ends every session of somebody; says how many there were."""
        sessions = await self.of(agent)
        for session in sessions:
            await self.end(session)
        return len(sessions)

    async def _read(self, session_id: str) -> DeskSession | None:
        stored = await self._shared.get(_session(session_id))
        if stored is None:
            return None
        told = orjson.loads(stored)
        if told["stamp"] != self._stamps.get(told["agent"], ""):
            return None
        ends_at = datetime.fromisoformat(told["ends_at"])
        if ends_at <= self._clock.now():
            return None
        return DeskSession(
            id=session_id, agent=told["agent"], role=Role(told["role"]), ends_at=ends_at
        )


def session_bell(session_id: str) -> str:
    """Rings when a session ends."""
    return f"desk/session/{session_id}"


def stamp_of(password_hash: str) -> str:
    """A few letters that change with the password."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _session(session_id: str) -> str:
    return f"desk/session/{session_id}"


def _here(agent: str) -> str:
    return f"desk/here/{hashlib.sha256(agent.encode()).hexdigest()}"
