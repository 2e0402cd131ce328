"""`servicebot content import` of questions and answers of other programs: articles of a draft."""

import asyncio
import getpass
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import click

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.adapters.in_sql.drafts import SqlDrafts
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.load_apart import LoadApart
from servicebot.app.stores import open_sql
from servicebot.app.studio_minds import StudioMinds
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.drafts import Draft
from servicebot.settings import Settings
from servicebot.studio.editions import EditionFolders
from servicebot.studio.imports.import_topics import Foreign, keep_import, plan_import, read_topics
from servicebot.studio.imports.plan_import import ImportPlan
from servicebot.studio.imports.write_article import ArticleFacts
from servicebot.studio.studio import Studio

_LINE: Final = re.compile(r"[a-z0-9][a-z0-9_\-]{0,39}")
_TWO_YEARS: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFacts:
    """What the command line says of new articles."""

    facts: ArticleFacts
    near: bool


def given_facts(
    *,
    line: str | None,
    owner: str | None,
    source: str | None,
    first: datetime | None,
    last: datetime | None,
    near: bool,
) -> GivenFacts:
    """The options together.

    Raises:
        UsageError: One that is needed is missing, or a line is no name of a folder.
    """
    if not line or not owner or not source:
        raise click.UsageError(
            "FILE is no exported workbook. For questions and answers say --line, --owner and"
            " --source; for a table as CSV say --table."
        )
    if _LINE.fullmatch(line) is None:
        raise click.UsageError("--line must be a folder: small letters, digits, `-`, `_`.")
    today = SystemClock().now().astimezone(BANK_ZONE).date()
    begins = first.date() if first is not None else today
    ends = last.date() if last is not None else begins + _TWO_YEARS
    facts = ArticleFacts(line=line, owner=owner, source=source, first=begins, last=ends)
    return GivenFacts(facts=facts, near=near)


def import_answers(settings: Settings, file: Path, given: GivenFacts, *, dry_run: bool) -> None:
    """Takes a file into a new draft and says what became of it; exit code 1 where not of all."""
    topics, refused = read_topics(file.name, file.read_bytes())
    foreign = Foreign(topics=topics, refused=refused, facts=given.facts, with_near=given.near)
    plan, draft = asyncio.run(_taken(settings, foreign, file.name, dry_run=dry_run))
    for one in plan.topics:
        what = "new" if one.new else "more phrases"
        click.echo(f"{one.path}: {what}, {one.phrases} phrases: {one.title}")
    click.echo(f"{len(plan.topics)} topics are taken.")
    for why in plan.refused:
        click.echo(f"not taken: {why}", err=True)
    if draft is not None:
        click.echo(f"They are in the draft {draft.id} of the studio; nothing is live yet.")
    click.get_current_context().exit(1 if plan.refused else 0)


@asynccontextmanager
async def open_drafts(settings: Settings) -> AsyncIterator[Studio]:
    """The studio without its processes.

    Raises:
        UnavailableError: The records cannot be opened, or the content has no working copy.
    """
    copy = GitWorkingCopy(settings.content_dir)
    try:
        with tempfile.TemporaryDirectory(prefix="content-import-") as name:
            async with open_sql(settings) as sql:
                yield Studio(
                    drafts=SqlDrafts(sql),
                    copy=copy,
                    folders=EditionFolders(
                        settings.content_dir,
                        Path(name),
                        LoadApart(settings.store.fitted_dir / "checked"),
                    ),
                    clock=SystemClock(),
                )
    finally:
        copy.close()


async def _taken(
    settings: Settings, foreign: Foreign, title: str, *, dry_run: bool
) -> tuple[ImportPlan, Draft | None]:
    minds = StudioMinds(settings, SystemClock())
    try:
        async with open_drafts(settings) as studio:
            live = await studio.folders.live()
            plan = await plan_import(foreign, live, live, minds)
            if dry_run:
                return plan, None
            return plan, await keep_import(studio, plan, None, title, getpass.getuser())
    finally:
        await minds.close()
