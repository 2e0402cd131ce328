"""Builds the studio: drafts, the working copy, processes that ask editions, the past."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.adapters.in_sql.batch_runs import SqlBatchRuns
from servicebot.adapters.in_sql.drafts import SqlDrafts
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.app.day_reader import DayReader
from servicebot.app.edition_teller import EditionTeller
from servicebot.app.load_apart import LoadApart
from servicebot.app.past_reader import PastReader
from servicebot.app.process import Process
from servicebot.app.studio_minds import StudioMinds
from servicebot.dialogue.registry import FLOWS
from servicebot.studio.batch_tests import BatchTests
from servicebot.studio.editions import EditionFolders
from servicebot.studio.effects import Effects
from servicebot.studio.preparing import Preparing
from servicebot.studio.studio import Studio
from servicebot.studio.typed import TypedFiles
from servicebot.web.studio_services import StudioServices


@asynccontextmanager
async def open_studio(process: Process) -> AsyncIterator[StudioServices]:
    """The studio of one process; what a crash cut off is finished first.

    Raises:
        UnavailableError: The content has no working copy and none can be made.
    """
    settings, stores = process.settings, process.stores
    copies = (settings.store.dir / "studio").resolve()
    await asyncio.to_thread(shutil.rmtree, copies, ignore_errors=True)
    copy = await asyncio.to_thread(GitWorkingCopy, settings.content_dir)
    minds = StudioMinds(settings, process.clock)
    folders = EditionFolders(
        settings.content_dir, copies, LoadApart(settings.store.fitted_dir / "checked")
    )
    studio = Studio(
        drafts=SqlDrafts(stores.sql),
        copy=copy,
        folders=folders,
        clock=process.clock,
    )
    past = PastReader(stores.records)
    preparing = Preparing(minds)
    effects = Effects(studio=studio, minds=minds, past=past)
    runs = SqlBatchRuns(stores.sql, AesGcmSeal(stores.keys))
    tests = BatchTests(studio=studio, minds=minds, runs=runs)
    await studio.recover()
    try:
        yield StudioServices(
            studio=studio,
            effects=effects,
            tests=tests,
            minds=minds,
            preparing=preparing,
            past=past,
            ratings=stores.ratings,
            edition_now=EditionTeller(stores.lasting, process.clock).now,
            days=DayReader(stores.records),
            typed=TypedFiles(folders, frozenset(FLOWS), process.clock),
        )
    finally:
        await effects.close()
        await tests.close()
        await preparing.close()
        await minds.close()
        copy.close()
