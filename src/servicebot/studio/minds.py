"""The port to processes that ask editions of the content questions, beside the serving one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from servicebot.studio.effect import PastQuestion
from servicebot.studio.judge import Judgement, Question
from servicebot.studio.miss_groups import MissGroup
from servicebot.studio.why import Reason

Done = Callable[[int], None]


class Minds(Protocol):
    """Folders name editions: what lies in one never changes.

    Every method raises ContentError where an edition cannot be used and UnavailableError where the
    processes do not answer.
    """

    async def prepare(self, folder: Path) -> str:
        """Fits an edition where that is needed; the hash of its model."""

    async def judge(
        self, folder: Path, questions: Sequence[Question], done: Done = lambda _: None
    ) -> tuple[Judgement, ...]:
        """What an edition makes of questions; `done` is told how many are through."""

    async def why(self, folder: Path, question: Question) -> tuple[Reason, ...]:
        """What speaks for each topic that a question may mean."""

    async def compare(
        self, live: Path, draft: Path, questions: Sequence[Question], done: Done
    ) -> tuple[tuple[Judgement, Judgement], ...]:
        """What two editions make of the same questions; `done` is told how many are through."""

    async def group(self, folder: Path, misses: Sequence[PastQuestion]) -> tuple[MissGroup, ...]:
        """Missed questions, those that mean the same together."""
