"""What an auditor sees: the end of the audit trail."""

from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct
from servicebot.web.answer import answer
from servicebot.web.answer_forms import Trail
from servicebot.web.desk_access import session_of
from servicebot.web.services import SERVICES
from servicebot.web.wire import shown_row

SHOWN: Final = 200


async def show_trail(request: web.Request) -> web.Response:
    """The last rows, newest first; reading them is a row too."""
    services, session = request.app[SERVICES], session_of(request)
    await services.desk_looks.at(request, session, AuditAct.TRAIL_SEEN)
    rows = await services.audit.latest(SHOWN)
    return answer(Trail(rows=tuple(map(shown_row, rows))))
