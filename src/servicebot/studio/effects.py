"""Compares drafts with what was asked, one after another, beside everything else."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, Final

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.domain.errors import ChangedMeanwhileError, ServicebotError
from servicebot.studio.effect import Effect, flips, group_flips
from servicebot.studio.judge import Question
from servicebot.studio.minds import Minds
from servicebot.studio.past import ReadsPast
from servicebot.studio.studio import Studio

_MOST_QUESTIONS: Final = 10_000
_MOST_TURNS: Final = 50_000
_KEPT: Final = 20
_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Comparison:
    """One comparison, as far as it is.

    Attributes:
        of: Version of the draft's files.
        live: Version of the content it is compared with.
        total: How many questions.
        done: How many are through; None while the draft is being fitted.
        effect: What came out, once it is through.
        failed: Why it failed, in words; empty where it did not.
    """

    of: str
    live: str
    total: int = 0
    done: int | None = None
    effect: Effect | None = None
    failed: str = ""


@dataclass(slots=True)
class Effects:
    """The comparisons of this process; what they found is stored with the draft without words."""

    studio: Studio
    minds: Minds
    past: ReadsPast
    _known: dict[str, Comparison] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self, draft: Draft) -> Comparison:
        """Begins one, unless the same is under way or done.

        Raises:
            RejectedError: The check complains of the draft.
        """
        edition = await self.studio.folders.of_draft(draft)
        live = await self.studio.folders.live()
        if edition.faults:
            raise ContentRefusedError(ContentRefusal.CHECK_COMPLAINS)
        known = self._known.get(draft.id)
        same = known is not None and (known.of, known.live) == (draft.version, live.version)
        if known is not None and same and not known.failed:
            return known
        begun = Comparison(of=draft.version, live=live.version)
        while len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[draft.id] = begun
        task = asyncio.create_task(self._safely(self._compare(draft.id, draft, begun), begun))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return begun

    def of(self, draft: Draft) -> Comparison | None:
        """The comparison of a draft's files as they are now; None where there is none here."""
        known = self._known.get(draft.id)
        return known if known is not None and known.of == draft.version else None

    async def close(self) -> None:
        """Gives up what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _safely(self, work: Coroutine[Any, Any, None], comparison: Comparison) -> None:
        try:
            await work
        except ServicebotError as error:
            comparison.failed = str(error)
        except Exception:
            comparison.failed = "It failed inside; the log has more."
            _logger.exception("comparison_failed")

    async def _compare(self, draft_id: str, draft: Draft, comparison: Comparison) -> None:
        async with self._one:
            edition = await self.studio.folders.of_draft(draft)
            live = await self.studio.folders.live()
            asked = (await self.past.newest(_MOST_TURNS)).questions[:_MOST_QUESTIONS]
            comparison.total = len(asked)

            def done(count: int) -> None:
                comparison.done = count

            pairs = await self.minds.compare(
                live.folder,
                edition.folder,
                [Question(text=one.text, language=one.language) for one in asked],
                done,
            )
            comparison.effect = Effect(
                of=draft.version,
                live=live.version,
                questions=len(asked),
                asked=sum(one.asked for one in asked),
                groups=group_flips(flips(asked, pairs)),
            )
        await self._store(draft_id, comparison.effect)

    async def _store(self, draft_id: str, effect: Effect) -> None:
        """With the draft, unless its files have changed meanwhile."""
        for _ in range(3):
            draft = await self.studio.find(draft_id)
            if draft.version != effect.of:
                return
            try:
                await self.studio.drafts.save(replace(draft, effect=effect.summary()))
            except ChangedMeanwhileError:
                continue
            return
