"""`servicebot content export` and `import`: the tables of the content as an Excel workbook."""

import asyncio
import getpass
from pathlib import Path

import click

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.adapters.in_sql.drafts import SqlDrafts
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.stores import open_sql
from servicebot.cli.environment import settings_now
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.drafts import Draft
from servicebot.settings import Settings
from servicebot.studio.editions import EditionFolders
from servicebot.studio.studio import Studio
from servicebot.studio.workbook import Imported, export_workbook, import_workbook

_SHOWN = 50


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_tables(file: Path) -> None:
    """Write every table of the content into the workbook FILE (.xlsx), a sheet each."""
    tables = _tables(settings_now())
    file.write_bytes(export_workbook(tables))
    click.echo(f"{len(tables)} tables are in {file}.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def import_tables(file: Path, dry_run: bool) -> None:
    """Take the changed cells of the workbook FILE over, as a draft of the studio.

    Begin from `servicebot content export`. Ends with exit code 1 where something was not taken.
    """
    settings = settings_now()
    found = import_workbook(file.read_bytes(), _tables(settings))
    for one in found.changes[:_SHOWN]:
        click.echo(f"{one.path}:{one.row}, column {one.column}: `{one.before}` -> `{one.after}`")
    click.echo(f"{len(found.changes)} cells of {len(found.files)} tables are changed.")
    for why in found.refused:
        click.echo(f"not taken: {why}", err=True)
    if found.files and not dry_run:
        draft = asyncio.run(_draft(settings, file.name, found))
        click.echo(f"They are in the draft {draft.id} of the studio; nothing is live yet.")
    click.get_current_context().exit(1 if found.refused else 0)


def _tables(settings: Settings) -> dict[str, str]:
    copy = GitWorkingCopy(settings.content_dir)
    try:
        read = {path: copy.read(path) for path in copy.paths() if path.endswith(".csv")}
    finally:
        copy.close()
    return {path: data.decode("utf-8") for path, data in read.items() if data is not None}


async def _draft(settings: Settings, title: str, found: Imported) -> Draft:
    copy, person = GitWorkingCopy(settings.content_dir), getpass.getuser()
    try:
        async with open_sql(settings) as sql:
            studio = Studio(
                drafts=SqlDrafts(sql),
                copy=copy,
                folders=EditionFolders(
                    settings.content_dir, settings.store.dir / "studio", frozenset(FLOWS)
                ),
                clock=SystemClock(),
            )
            draft = await studio.begin(title, person)
            return await studio.write_all(draft, found.files, person)
    finally:
        copy.close()
