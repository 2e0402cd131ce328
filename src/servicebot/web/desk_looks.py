"""Writes down who looked at what at the desk, before it is shown."""

from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct, AuditEntry
from servicebot.domain.desk_people import DeskSession
from servicebot.ports.audit_trail import AuditTrail
from servicebot.ports.clock import Clock
from servicebot.web.client_address import client_address

ONE_LOOK_S: Final = 600.0  # a desk asks every half second; that is one look, not twelve hundred
_MOST: Final = 10_000


class DeskLooks:
    """Remembers the looks of this process, so that each is one row for ten minutes."""

    def __init__(self, trail: AuditTrail, clock: Clock) -> None:
        self._trail = trail
        self._clock = clock
        self._seen: dict[tuple[str, AuditAct, str], float] = {}

    async def at(
        self,
        request: web.Request,
        session: DeskSession,
        act: AuditAct,
        what: str = "",
        conversation: str = "",
    ) -> None:
        """Writes a look down, unless the same session looked at the same a moment ago.

        Raises:
            UnavailableError: It cannot be written; then nothing may be shown.
        """
        key, now_s = (session.id, act, what), self._clock.monotonic_s()
        if now_s < self._seen.get(key, 0.0):
            return
        await self.note(request, session, act, what, conversation)
        if len(self._seen) >= _MOST:
            self._seen = {one: until for one, until in self._seen.items() if until > now_s}
        self._seen[key] = now_s + ONE_LOOK_S

    async def note(
        self,
        request: web.Request,
        session: DeskSession,
        act: AuditAct,
        what: str = "",
        conversation: str = "",
        detail: str = "",
    ) -> None:
        """Writes an act down, before it is done.

        Raises:
            UnavailableError: It cannot be written; then it must not be done.
        """
        entry = AuditEntry(
            at=self._clock.now(),
            who=session.agent,
            role=session.role.value,
            act=act,
            what=what,
            conversation=conversation,
            address=client_address(request),
            detail=detail,
        )
        await self._trail.append(entry)
