"""Tables of questions over HTTP: run against an edition, compared with last time, downloaded."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Final

from aiohttp import web

from servicebot.content.content import Content
from servicebot.domain.audit import AuditAct
from servicebot.domain.batch_runs import BatchRow, BatchRun, BatchSummary
from servicebot.studio.batch_tests import Testing
from servicebot.studio.tables.question_table import read_question_table
from servicebot.studio.tables.write_table import TableForm, write_table
from servicebot.studio.titles import title_of
from servicebot.web import studio_file_forms as forms
from servicebot.web.answer import answer
from servicebot.web.desk_access import session_of
from servicebot.web.download import download
from servicebot.web.read_form import read_query
from servicebot.web.services import SERVICES
from servicebot.web.studio_drafts import refusing, studio_of
from servicebot.web.studio_told import instant
from servicebot.web.upload import read_file

_TEMPLATES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "zh": (
        ("问题", "期望主题"),
        ("微粒贷提前还款要手续费吗", "weilidai/early-repayment"),
        ("借款多久到账", "微粒贷借款一般多久到账"),
    ),
    "en": (
        ("question", "expected"),
        ("Is there a fee for early repayment?", "weilidai/early-repayment"),
        ("How long until the money arrives?", "weilidai/payout-time"),
    ),
}
_HEAD: Final = (
    *("行 row", "问题 text", "期望主题 expected", "应答主题 answer", "标题 title"),
    *("把握 probability", "结果 passed", "上次 before", "回复 reply"),
)
_PASSED: Final[Mapping[bool | None, str]] = {True: "对 yes", False: "错 no", None: ""}


async def list_tests(request: web.Request) -> web.Response:
    """The newest tests of tables."""
    found = await studio_of(request).tests.every()
    return answer(forms.RunsTold(runs=tuple(map(_run_told, found))))


async def template(request: web.Request) -> web.Response:
    """A table to begin from."""
    asked = read_query(request, forms.Template)
    form = TableForm(asked.form)
    return download(write_table(_TEMPLATES[asked.language], form), f"questions{form.suffix}")


@refusing
async def begin_test(request: web.Request) -> web.StreamResponse:
    """Asks every question of a table (Excel or CSV) of the live edition, or of a draft's."""
    tested = read_query(request, forms.TestedFile)
    data = await read_file(request)
    services, session = studio_of(request), session_of(request)
    rows = await asyncio.to_thread(read_question_table, tested.name, data)
    draft = await services.studio.find(tested.draft) if tested.draft else None
    testing = await services.tests.begin(tested.name, rows, draft, session.agent)
    return answer(_told(testing), 202)


@refusing
async def show_test(request: web.Request) -> web.StreamResponse:
    """How far a test is; then each row beside what came of it last time."""
    testing, before = await _looked_at(request)
    if testing.run is None:
        return answer(_told(testing))
    live = await studio_of(request).studio.folders.live()
    return answer(_told(testing, before, live.content))


@refusing
async def download_test(request: web.Request) -> web.StreamResponse:
    """What came out of a test, as a table."""
    form = TableForm(read_query(request, forms.Downloading).form)
    testing, before = await _looked_at(request)
    if testing.run is None:
        raise web.HTTPConflict(text="The test is not through yet.")
    rows = tuple(_lines(testing.run, before))
    data = await asyncio.to_thread(write_table, rows, form)
    stem = testing.run.summary.table.rpartition(".")[0] or "test"
    return download(data, f"{stem}-{testing.run.summary.at:%Y%m%d-%H%M}{form.suffix}")


async def _looked_at(request: web.Request) -> tuple[Testing, BatchRun | None]:
    """The test of the path and that of the same table before; who looked is written down."""
    tests, run_id = studio_of(request).tests, request.match_info["test"]
    looks = request.app[SERVICES].desk_looks
    testing = await tests.find(run_id)
    await looks.at(request, session_of(request), AuditAct.QUESTIONS_SEEN, testing.id)
    return testing, await tests.last_time(testing.run) if testing.run is not None else None


def _told(
    testing: Testing, before: BatchRun | None = None, content: Content | None = None
) -> forms.TestTold:
    run = testing.run
    if testing.failed:
        return forms.TestTold(
            id=testing.id, state="failed", done=0, of=testing.total, why=testing.failed
        )
    if run is None:
        return forms.TestTold(
            id=testing.id,
            state="fitting" if testing.done is None else "asking",
            done=testing.done or 0,
            of=testing.total,
        )
    old = _answers(before)
    return forms.TestTold(
        id=testing.id,
        state="done",
        done=testing.total,
        of=testing.total,
        run=_run_told(run.summary),
        before=_run_told(before.summary) if before is not None else None,
        rows=tuple(_row_told(row, old, content) for row in run.rows),
    )


def _row_told(
    row: BatchRow, old: Mapping[str, BatchRow], content: Content | None
) -> forms.TestedRow:
    was = old.get(row.text)
    titled = title_of(row.expected, content) if content is not None else row.expected
    return forms.TestedRow(
        row=row.number,
        text=row.text,
        expected=row.expected,
        expected_title=titled,
        answer=row.answer,
        title=row.title,
        probability=row.probability,
        band=row.band,
        reply=row.reply,
        passed=row.passed,
        was=was.title if was is not None else None,
        changed=was is not None and was.answer != row.answer,
    )


def _answers(run: BatchRun | None) -> Mapping[str, BatchRow]:
    return {row.text: row for row in run.rows} if run is not None else {}


def _lines(run: BatchRun, before: BatchRun | None) -> Iterator[tuple[str, ...]]:
    old = _answers(before)
    yield _HEAD
    for row in run.rows:
        was = old.get(row.text)
        yield (
            *(str(row.number), row.text, row.expected, row.answer, row.title),
            f"{row.probability:.4f}",
            _PASSED[row.passed],
            was.answer if was is not None else "",
            row.reply,
        )


def _run_told(one: BatchSummary) -> forms.RunTold:
    return forms.RunTold(
        id=one.id,
        at=instant(one.at),
        who=one.who,
        table=one.table,
        edition=one.edition,
        draft=one.draft,
        draft_title=one.draft_title,
        questions=one.questions,
        expected=one.expected,
        passed=one.passed,
        took_s=one.took_s,
        unknown=one.unknown,
    )
