"""The port to the runs of tables of questions."""

from collections.abc import Sequence
from typing import Protocol

from servicebot.domain.batch_runs import BatchRun, BatchSummary


class BatchRuns(Protocol):
    """Runs, the newest of them kept for all processes.

    Every method raises UnavailableError where the store does not answer.
    """

    async def add(self, run: BatchRun) -> None:
        """Stores one, and forgets the oldest where there are too many."""

    async def find(self, run_id: str) -> BatchRun | None:
        """One run; None where there is none, or where its key is gone."""

    async def every(self, count: int) -> Sequence[BatchSummary]:
        """The newest `count` runs, the newest first."""

    async def before(self, summary: BatchSummary) -> BatchRun | None:
        """The run of the same table before this one."""
