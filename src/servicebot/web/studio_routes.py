"""The studio's URL table: each route names who may call it, what it takes and what it answers."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from servicebot.domain.desk_people import Role
from servicebot.web import studio_answer_forms as forms
from servicebot.web import studio_content, studio_drafts
from servicebot.web import studio_request_forms as taken
from servicebot.web.desk_access import APPROVES, STUDIO_PREFIX, WRITES
from servicebot.web.route import EVERYWHERE, FROM_A_PAGE, IN_A_CROWD, Form, Handler, Proof, Route
from servicebot.web.studio_miss_forms import Misses

_THERE: Final = (404,)
_FIRST: Final = (404, 409)


def _route(  # noqa: PLR0913  a row of the table
    method: str,
    path: str,
    handler: Handler,
    answers: Mapping[int, Form | None],
    *,
    roles: frozenset[Role] = WRITES,
    refuses: tuple[int, ...] = _THERE,
    body: type[Any] | None = None,
    query: type[Any] | None = None,
) -> Route:
    return Route(
        method=method,
        path=STUDIO_PREFIX + path,
        handler=handler,
        answers=answers,
        refuses=(*EVERYWHERE, *FROM_A_PAGE, *IN_A_CROWD, 403, *refuses),
        body=body,
        query=query,
        proof=Proof.DESK_SESSION,
        roles=roles,
    )


_get, _post = partial(_route, "GET"), partial(_route, "POST")
_change = partial(_post, refuses=_FIRST)

STUDIO_ROUTES: Final = (
    _get("me", studio_content.me, {200: forms.StudioPerson}),
    _get("files", studio_content.files, {200: forms.Files}, query=taken.DraftQuery),
    _get("search", studio_content.find, {200: forms.Hits}, query=taken.Looking),
    _get("file", studio_content.show_file, {200: forms.FileTold}, query=taken.FileQuery),
    _post(
        "ask", studio_content.ask, {200: forms.AskedTold, 202: forms.Progress}, body=taken.Asking
    ),
    _get("misses", studio_content.misses, {200: Misses}),
    _change("misses/mend", studio_content.mend, {200: forms.Written}, body=taken.Mending),
    _get("history", studio_content.history, {200: forms.History}),
    _get("history/{commit}", studio_content.changes, {200: forms.Changes}),
    _change(
        "history/{commit}/roll-back",
        studio_content.roll_back,
        {200: forms.History},
        roles=APPROVES,
    ),
    _get("drafts", studio_drafts.list_drafts, {200: forms.DraftsTold}),
    _post("drafts", studio_drafts.begin_draft, {201: forms.DraftTold}, body=taken.Titled),
    _get("drafts/{draft}", studio_drafts.show_draft, {200: forms.Written}),
    _change(
        "drafts/{draft}/files", studio_drafts.write_file, {200: forms.Written}, body=taken.Writing
    ),
    _change(
        "drafts/{draft}/take-over", studio_drafts.take_over, {200: forms.Written}, body=taken.Pathed
    ),
    _post("drafts/{draft}/effect", studio_drafts.begin_effect, {202: forms.Progress}),
    _get("drafts/{draft}/effect", studio_drafts.show_effect, {200: forms.Progress}),
    _change("drafts/{draft}/submit", studio_drafts.submit, {200: forms.DraftTold}),
    _change("drafts/{draft}/reopen", studio_drafts.reopen, {200: forms.DraftTold}),
    _change("drafts/{draft}/drop", studio_drafts.drop, {200: forms.DraftTold}),
    _change(
        "drafts/{draft}/give-back",
        studio_drafts.give_back,
        {200: forms.DraftTold},
        roles=APPROVES,
        body=taken.GivenBack,
    ),
    _change(
        "drafts/{draft}/sign",
        studio_drafts.sign,
        {200: forms.DraftTold},
        roles=APPROVES,
        body=taken.Signing,
    ),
    _change(
        "drafts/{draft}/publish", studio_drafts.publish, {200: forms.DraftTold}, roles=APPROVES
    ),
)
