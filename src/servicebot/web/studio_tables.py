"""The tables of the content over HTTP: downloaded, and taken back into a draft."""

import asyncio
from functools import partial
from pathlib import PurePath
from typing import Final

from aiohttp import web

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.studio.tables.article_sheet import export_articles, is_article
from servicebot.studio.tables.csv_rows import read_csv_rows
from servicebot.studio.tables.imported import Imported
from servicebot.studio.tables.table_csv import export_table, import_table, is_table
from servicebot.studio.tables.take_workbook import take_workbook
from servicebot.studio.tables.workbook import export_workbook
from servicebot.studio.tables.write_table import TableForm
from servicebot.web import studio_file_forms as forms
from servicebot.web.answer import answer
from servicebot.web.desk_access import session_of
from servicebot.web.download import download
from servicebot.web.read_form import read_query
from servicebot.web.studio_drafts import draft_of, refusing, studio_of
from servicebot.web.studio_request_forms import DraftQuery
from servicebot.web.studio_told import draft_told, faults_told, not_taken_told
from servicebot.web.upload import read_file

_MOST_CELLS: Final = 500
_MOST_SHOWN: Final = 300
_EXCEL: Final = ".xlsx"


@refusing
async def list_tables(request: web.Request) -> web.StreamResponse:
    """Every table of the content."""
    draft = await _draft(request, read_query(request, DraftQuery).draft)
    tables = await studio_of(request).studio.texts(draft, is_table)
    changed = draft.files if draft is not None else {}
    return answer(
        forms.TablesTold(
            tables=tuple(
                forms.TableLine(
                    path=path, rows=max(0, len(read_csv_rows(text)) - 1), changed=path in changed
                )
                for path, text in tables.items()
            )
        )
    )


@refusing
async def download_table(request: web.Request) -> web.StreamResponse:
    """A table as Excel or CSV, or all of them in one workbook, as a draft has them."""
    asked = read_query(request, forms.DownloadedTable)
    form = TableForm(asked.form)
    draft = await _draft(request, asked.draft)
    tables = await studio_of(request).studio.texts(draft, is_table)
    if asked.path and asked.path not in tables:
        raise ContentRefusedError(ContentRefusal.NO_TABLE)
    if not asked.path and form is not TableForm.XLSX:
        raise ContentRefusedError(ContentRefusal.ONE_TABLE)
    if form is TableForm.XLSX:
        wanted = {asked.path: tables[asked.path]} if asked.path else tables
        data = await asyncio.to_thread(export_workbook, wanted)
    else:
        data = export_table(tables[asked.path], form, asked.path)
    stem = PurePath(asked.path).stem or "tables"
    return download(data, f"{stem}{form.suffix}")


@refusing
async def download_articles(request: web.Request) -> web.StreamResponse:
    """Title, phrases and answer of every article in one sheet, as a draft has them."""
    draft = await _draft(request, read_query(request, DraftQuery).draft)
    texts = await studio_of(request).studio.texts(draft, is_article)
    return download(await asyncio.to_thread(export_articles, texts), "articles.xlsx")


@refusing
async def upload_table(request: web.Request) -> web.StreamResponse:
    """Takes the changed cells of an exported workbook or CSV file into a draft."""
    asked = read_query(request, forms.UploadedTable)
    data = await read_file(request)
    services, person = studio_of(request), session_of(request).agent
    draft = await draft_of(request)
    tables = await services.studio.texts(draft, is_table)
    if PurePath(asked.name).suffix.lower() == _EXCEL:
        articles = await services.studio.texts(draft, is_article)
        work = partial(take_workbook, data, tables, articles)
    elif asked.path in tables:
        work = partial(_one_table, asked.path, tables[asked.path], data)
    else:
        raise ContentRefusedError(ContentRefusal.WHICH_TABLE)
    found = await asyncio.to_thread(work)
    written = await services.studio.write_all(draft, found.files, person)
    edition, live = (
        await services.studio.folders.of_draft(written),
        await services.studio.folders.live(),
    )
    return answer(
        forms.TableTaken(
            draft=draft_told(written, live.version),
            faults=faults_told(edition.faults),
            count=len(found.changes),
            cells=tuple(
                forms.CellTold(
                    path=one.path,
                    row=one.row,
                    column=one.column,
                    before=one.before[:_MOST_SHOWN],
                    after=one.after[:_MOST_SHOWN],
                )
                for one in found.changes[:_MOST_CELLS]
            ),
            not_taken=not_taken_told(found.refused),
        )
    )


def _one_table(path: str, text: str, data: bytes) -> Imported:
    merged, changes, refused = import_table(path, text, data)
    files = {path: merged} if merged != text else {}
    return Imported(files=files, changes=changes, refused=refused)


async def _draft(request: web.Request, draft_id: str) -> Draft | None:
    return await studio_of(request).studio.find(draft_id) if draft_id else None
