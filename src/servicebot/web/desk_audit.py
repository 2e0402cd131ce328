"""What an auditor sees: the end of the audit trail."""

from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct, AuditRow
from servicebot.web.desk_access import session_of
from servicebot.web.services import SERVICES

SHOWN: Final = 200


async def show_trail(request: web.Request) -> web.Response:
    """The last rows, newest first; reading them is a row too."""
    services, session = request.app[SERVICES], session_of(request)
    await services.desk_looks.at(request, session, AuditAct.TRAIL_SEEN)
    rows = await services.audit.latest(SHOWN)
    return web.json_response({"rows": [row_json(row) for row in rows]})


def row_json(row: AuditRow) -> dict[str, object]:
    """One row of the trail."""
    entry = row.entry
    if entry is None:
        return {"number": row.number, "unreadable": True}
    return {
        "number": row.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "role": entry.role,
        "act": entry.act.value,
        "what": entry.what,
        "conversation": entry.conversation,
        "address": entry.address,
        "detail": entry.detail,
        "bond": row.bond,
    }
