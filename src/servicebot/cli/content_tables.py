"""`servicebot content export` and `import`: the tables of the content as an Excel workbook."""

import asyncio
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.cli.content_imports import given_facts, import_answers, open_drafts
from servicebot.cli.environment import settings_now
from servicebot.domain.drafts import Draft
from servicebot.settings import Settings
from servicebot.studio.tables.article_sheet import export_articles, is_article
from servicebot.studio.tables.imported import Imported
from servicebot.studio.tables.table_csv import import_table, is_table
from servicebot.studio.tables.take_workbook import is_export, take_workbook
from servicebot.studio.tables.workbook import export_workbook

_SHOWN = 50


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--articles", is_flag=True, help="The articles instead, in one sheet.")
def export_tables(file: Path, *, articles: bool) -> None:
    """Write every table of the content into the workbook FILE (.xlsx), a sheet each."""
    settings = settings_now()
    if articles:
        texts = _texts(settings, is_article)
        file.write_bytes(export_articles(texts))
        click.echo(f"{len(texts)} articles are in {file}.")
        return
    tables = _texts(settings, is_table)
    file.write_bytes(export_workbook(tables))
    click.echo(f"{len(tables)} tables are in {file}.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--table", help="FILE is this table as CSV: its path below the content folder.")
@click.option("--line", help="Questions and answers: the folder of their articles.")
@click.option("--owner", help="Questions and answers: the mail address of who answers for them.")
@click.option("--source", help="Questions and answers: what they rest on.")
@click.option("--first", type=click.DateTime(["%Y-%m-%d"]), help="Their first day; today.")
@click.option("--last", type=click.DateTime(["%Y-%m-%d"]), help="Their last day; in two years.")
@click.option("--near", is_flag=True, help="Make articles also for what is near to others.")
def import_tables(
    file: Path,
    *,
    dry_run: bool,
    table: str | None,
    **facts: Any,  # noqa: ANN401  as `given_facts` has them
) -> None:
    """Take what FILE changes over, as a draft of the studio.

    FILE is a workbook of `servicebot content export` (of tables or articles), or a table as CSV with `--table`: exactly the
    changed cells change. Or it has questions and answers of another program: training files of
    Rasa (.yml), tables of Dify, FastGPT and MaxKB (.csv, .xlsx), with `--line`, `--owner` and
    `--source`. Ends with exit code 1 where something was not taken.
    """
    settings, data = settings_now(), file.read_bytes()
    if table is None and not is_export(data):
        import_answers(settings, file, given_facts(**facts), dry_run=dry_run)
        return
    found = _found(data, table, settings)
    for one in found.changes[:_SHOWN]:
        click.echo(f"{one.path}:{one.row}, column {one.column}: `{one.before}` -> `{one.after}`")
    click.echo(f"{len(found.changes)} cells of {len(found.files)} tables are changed.")
    for why in found.refused:
        click.echo(f"not taken: {why}", err=True)
    if found.files and not dry_run:
        draft = asyncio.run(_draft(settings, file.name, found))
        click.echo(f"They are in the draft {draft.id} of the studio; nothing is live yet.")
    click.get_current_context().exit(1 if found.refused else 0)


def _found(data: bytes, table: str | None, settings: Settings) -> Imported:
    tables = _texts(settings, is_table)
    if table is None:
        return take_workbook(data, tables, _texts(settings, is_article))
    if table not in tables:
        raise click.UsageError(f"There is no table {table}. There are: {', '.join(tables)}.")
    merged, changes, refused = import_table(table, tables[table], data)
    files = {table: merged} if merged != tables[table] else {}
    return Imported(files=files, changes=changes, refused=refused)


def _texts(settings: Settings, wanted: Callable[[str], bool]) -> dict[str, str]:
    copy = GitWorkingCopy(settings.content_dir)
    try:
        read = {path: copy.read(path) for path in copy.paths() if wanted(path)}
    finally:
        copy.close()
    return {path: data.decode("utf-8") for path, data in read.items() if data is not None}


async def _draft(settings: Settings, title: str, found: Imported) -> Draft:
    async with open_drafts(settings) as studio:
        person = getpass.getuser()
        return await studio.write_all(await studio.begin(title, person), found.files, person)
