"""`servicebot audit`: checks and shows the trail of who looked at what and did what."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import click

from servicebot.adapters.in_files.audit_head import HeadFile
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.secret_file import audit_key
from servicebot.app.stores import Stores, open_stores
from servicebot.cli.environment import settings_now
from servicebot.cli.print_json import print_json
from servicebot.domain.audit import AuditHead
from servicebot.domain.audit_check import AuditCheck, AuditFault
from servicebot.web.answer import fields_of
from servicebot.web.wire import shown_row

_BEFORE_ALL: Final = -(2**62)
_AT_ONCE: Final = 1_000


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A kept end of the trail; besides the installation's own. May be given several times.",
)
def verify(heads: tuple[Path, ...]) -> None:
    """Check that no row was altered, deleted, moved or cut off.

    Ends with exit code 1 and the number of the first row that is wrong.
    """
    fault, last = asyncio.run(_verify(heads))
    if fault is not None:
        click.echo(f"row {fault.number}: {fault.words}", err=True)
        click.get_current_context().exit(1)
    click.echo(f"All well: {last.number} rows, the last is {last.bond or 'none'}.")


@audit.command()
@click.option("--last", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per row.")
def show(last: int, as_json: bool) -> None:
    """Print the last rows, oldest first."""
    for row in asyncio.run(_latest(last)):
        if as_json:
            print_json(row)
            continue
        told = ("number", "at", "who", "role", "act", "what", "conversation", "address", "detail")
        click.echo("  ".join(str(row.get(name, "")) or "-" for name in told))


async def _verify(files: tuple[Path, ...]) -> tuple[AuditFault | None, AuditHead]:
    async with _stores() as (stores, key):
        kept = (stores.audit_head, *(HeadFile(file, key) for file in files))
        heads = tuple(head for one in kept if (head := one.kept()) is not None)
        check, after = AuditCheck(key, heads), _BEFORE_ALL
        while rows := await stores.audit.rows(after, _AT_ONCE):
            for row in rows:
                fault = check.take(row)
                if fault is not None:
                    return fault, check.last
            after = rows[-1].number
        if check.last.number and not heads:
            words = "no kept end of the trail can be read, so nobody can say whether it was cut off"
            return AuditFault(number=check.last.number, words=words), check.last
        return check.end(), check.last


async def _latest(count: int) -> list[dict[str, object]]:
    async with _stores() as (stores, _):
        return [fields_of(shown_row(row)) for row in reversed(await stores.audit.latest(count))]


@asynccontextmanager
async def _stores() -> AsyncIterator[tuple[Stores, bytes]]:
    settings = settings_now()
    async with open_stores(settings, SystemClock()) as stores:
        yield stores, await audit_key(settings, stores.lasting)
