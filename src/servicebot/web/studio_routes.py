"""The studio's URL table: each route names who may call it, what it takes and what it answers."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from servicebot.domain.desk_people import Role
from servicebot.web import studio_answer_forms as forms
from servicebot.web import (
    studio_content,
    studio_days,
    studio_drafts,
    studio_imports,
    studio_tables,
    studio_tests,
    studio_typed,
)
from servicebot.web import studio_file_forms as files
from servicebot.web import studio_request_forms as taken
from servicebot.web import studio_typed_forms as typed_forms
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
    takes_file: bool = False,
) -> Route:
    return Route(
        method=method,
        path=STUDIO_PREFIX + path,
        handler=handler,
        answers=answers,
        refuses=(*EVERYWHERE, *FROM_A_PAGE, *IN_A_CROWD, 403, *refuses),
        body=body,
        query=query,
        takes_file=takes_file,
        proof=Proof.DESK_SESSION,
        roles=roles,
    )


_get, _post = partial(_route, "GET"), partial(_route, "POST")
_change = partial(_post, refuses=_FIRST)
_upload = partial(_change, takes_file=True)

STUDIO_ROUTES: Final = (
    _get("me", studio_content.me, {200: forms.StudioPerson}),
    _get("files", studio_content.files, {200: forms.Files}, query=taken.DraftQuery),
    _get("search", studio_content.find, {200: forms.Hits}, query=taken.Looking),
    _get("file", studio_content.show_file, {200: forms.FileTold}, query=taken.FileQuery),
    _post(
        "ask", studio_content.ask, {200: forms.AskedTold, 202: forms.Progress}, body=taken.Asking
    ),
    _post(
        "typed",
        studio_typed.look_at_typed,
        {200: typed_forms.TypedTold},
        body=taken.Typing,
    ),
    _get("days", studio_days.show_days, {200: studio_days.Days}),
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
    # Tests of tables, tables, imports.
    _get("tests", studio_tests.list_tests, {200: files.RunsTold}),
    _get("tests/template", studio_tests.template, {200: bytes}, query=files.Template),
    _upload("tests", studio_tests.begin_test, {202: files.TestTold}, query=files.TestedFile),
    _get("tests/{test}", studio_tests.show_test, {200: files.TestTold}),
    _get(
        "tests/{test}/file",
        studio_tests.download_test,
        {200: bytes},
        refuses=_FIRST,
        query=files.Downloading,
    ),
    _get("tables", studio_tables.list_tables, {200: files.TablesTold}, query=taken.DraftQuery),
    _get("tables/file", studio_tables.download_table, {200: bytes}, query=files.DownloadedTable),
    _get("articles/file", studio_tables.download_articles, {200: bytes}, query=taken.DraftQuery),
    _upload(
        "drafts/{draft}/tables",
        studio_tables.upload_table,
        {200: files.TableTaken},
        query=files.UploadedTable,
    ),
    _upload(
        "imports",
        studio_imports.import_file,
        {200: files.ImportTaken, 202: forms.Progress},
        query=files.ImportedFile,
    ),
)
