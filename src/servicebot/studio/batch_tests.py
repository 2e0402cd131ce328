"""Runs tables of questions against editions, one after another, and keeps what came out."""

import asyncio
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from servicebot.domain.batch_runs import BatchRow, BatchRun, BatchSummary
from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.domain.errors import ServicebotError, TooManyError
from servicebot.ports.batch_runs import BatchRuns
from servicebot.studio.batch_test import (
    as_chat_hears,
    batch_rows,
    name_expected,
    questions_of,
    topics_of,
)
from servicebot.studio.editions import CheckedEdition
from servicebot.studio.minds import Minds
from servicebot.studio.studio import Studio
from servicebot.studio.tables.question_table import QuestionRow

MOST_QUESTIONS: Final = 5_000
_MOST_SUMMARIES: Final = 100
_MOST_UNKNOWN: Final = 20
_ID_BYTES: Final = 8
_KEPT: Final = 20
_MOST_WAITING: Final = 8
_AGAIN_S: Final = 10.0
_logger = logging.getLogger(__name__)


class UnknownRunError(ContentRefusedError):
    """There is no such run."""


@dataclass(slots=True)
class Testing:
    """One run, as far as it is.

    Attributes:
        id: Of the run.
        at: When it began, UTC.
        total: How many questions.
        done: How many are through; None while the edition is being fitted.
        run: What came out, once it is through and stored.
        failed: Why it failed, in words; empty where it did not.
    """

    id: str
    at: datetime
    total: int
    done: int | None = None
    run: BatchRun | None = None
    failed: str = ""


@dataclass(slots=True)
class BatchTests:
    """The tests of this process; what came out is stored for all."""

    studio: Studio
    minds: Minds
    runs: BatchRuns
    _known: dict[str, Testing] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(
        self, table: str, rows: Sequence[QuestionRow], draft: Draft | None, who: str
    ) -> Testing:
        """Begins one.

        Args:
            table: Name of the file.
            rows: Its questions.
            draft: Whose edition is asked; None for the live one.
            who: Runs it.

        Raises:
            RejectedError: There are no questions or too many, or the content cannot be loaded.
            TooManyError: Too many tests wait already.
            UnavailableError: The disk does not do it.
        """
        if len(self._tasks) >= _MOST_WAITING:
            raise TooManyError("Too many tests wait; try again later.", retry_after_s=_AGAIN_S)
        folders = self.studio.folders
        edition = await (folders.live() if draft is None else folders.of_draft(draft))
        if edition.content is None:
            raise ContentRefusedError(ContentRefusal.CONTENT_BROKEN)
        now = self.studio.clock.now()
        heard = as_chat_hears(rows, now)
        if not heard:
            raise ContentRefusedError(ContentRefusal.NO_QUESTIONS)
        if len(heard) > MOST_QUESTIONS:
            raise ContentRefusedError(ContentRefusal.TOO_MANY_QUESTIONS, named=str(MOST_QUESTIONS))
        testing = Testing(id=secrets.token_hex(_ID_BYTES), at=now, total=len(heard))
        while len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[testing.id] = testing
        begun = BatchSummary(
            id=testing.id,
            at=now,
            who=who,
            table=table,
            edition=edition.version,
            draft=draft.id if draft is not None else "",
            draft_title=draft.title if draft is not None else "",
        )
        task = asyncio.create_task(self._safely(testing, begun, heard, edition))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return testing

    async def find(self, run_id: str) -> Testing:
        """A run, as far as it is.

        Raises:
            UnknownRunError: There is none.
            UnavailableError: The store does not answer.
        """
        known = self._known.get(run_id)
        if known is not None:
            return known
        run = await self.runs.find(run_id)
        if run is None:
            raise UnknownRunError(ContentRefusal.NO_RUN)
        count = len(run.rows)
        return Testing(id=run_id, at=run.summary.at, total=count, done=count, run=run)

    async def every(self) -> Sequence[BatchSummary]:
        """The newest runs."""
        return await self.runs.every(_MOST_SUMMARIES)

    async def last_time(self, run: BatchRun) -> BatchRun | None:
        """The run of the same table before."""
        return await self.runs.before(run.summary)

    async def close(self) -> None:
        """Gives up what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _safely(
        self,
        testing: Testing,
        begun: BatchSummary,
        rows: tuple[QuestionRow, ...],
        edition: CheckedEdition,
    ) -> None:
        try:
            async with self._one:
                testing.run = await self._run(testing, begun, rows, edition)
        except ServicebotError as error:
            testing.failed = str(error)
        except Exception:
            testing.failed = "It failed inside; the log has more."
            _logger.exception("batch_test_failed")

    async def _run(
        self,
        testing: Testing,
        begun: BatchSummary,
        rows: tuple[QuestionRow, ...],
        edition: CheckedEdition,
    ) -> BatchRun:
        content = edition.content
        assert content is not None  # noqa: S101  looked at before
        started_s = time.monotonic()
        named = name_expected(rows, content)

        def done(count: int) -> None:
            testing.done = count

        judged = await self.minds.judge(edition.folder, questions_of(named), done)
        found = batch_rows(named, judged, content)
        known = topics_of(content)
        run = BatchRun(
            summary=_counted(begun, found, known, time.monotonic() - started_s), rows=found
        )
        await self.runs.add(run)
        return run


def _counted(
    begun: BatchSummary, rows: Sequence[BatchRow], known: frozenset[str], took_s: float
) -> BatchSummary:
    there = {"", *known, *(one.answer for one in rows)}  # a rule that decided is no topic
    strange = dict.fromkeys(one.expected for one in rows if one.expected not in there)
    return replace(
        begun,
        questions=len(rows),
        expected=sum(one.passed is not None for one in rows),
        passed=sum(one.passed is True for one in rows),
        took_s=round(took_s, 2),
        unknown=tuple(strange)[:_MOST_UNKNOWN],
    )
