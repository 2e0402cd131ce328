"""Watches the content and publishes each sound change while messages are handled."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from watchfiles import awatch

from servicebot.app.load_apart import LoadApart
from servicebot.app.understander import build_understander
from servicebot.content.content import Content
from servicebot.domain.content_path import FOLDERS
from servicebot.domain.edition_now import EditionState
from servicebot.domain.errors import ContentError, ContentFault, ServicebotError
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

_SETTLES_MS: Final = 300  # an editor writes several files, or one in several steps
_MOST_TOLD: Final = 20
TakesEdition = Callable[[Content, Understander], None]
TellsState = Callable[[str, EditionState, Sequence[ContentFault]], Awaitable[None]]
_logger = logging.getLogger(__name__)


@asynccontextmanager
async def publishing(
    settings: Settings, live: Content, take: TakesEdition, tell: TellsState
) -> AsyncIterator[None]:
    """Publishes what changes in the content folder while the context is open.

    What does not load, or does not pass the checks of `servicebot content check`, is told in the
    log with file and line; the edition before goes on. A change of answers, replies, titles or
    values needs no fit; changed phrases are fitted in a process of its own meanwhile.

    Args:
        settings: As loaded.
        live: The content that serves now.
        take: Begins to serve another edition.
        tell: Is told which version serves and what becomes of the newest change.
    """
    task = asyncio.create_task(_watch(settings, live, take, tell))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _watch(settings: Settings, live: Content, take: TakesEdition, tell: TellsState) -> None:
    folders = [settings.content_dir / name for name in FOLDERS]
    version = live.version
    await tell(version, EditionState.LIVE, ())
    async for _ in awatch(*folders, debounce=_SETTLES_MS, recursive=True):
        begun = time.monotonic()
        await tell(version, EditionState.FITTING, ())
        try:
            made = await asyncio.to_thread(_make, settings, version)
        except ContentError as error:
            _refuse(error)
            await tell(version, EditionState.REFUSED, error.faults)
            continue
        except (ServicebotError, OSError):
            _logger.exception("edition_failed")
            await tell(version, EditionState.REFUSED, ())
            continue
        if made is not None:
            take(*made)
            version = made[0].version
            took_s = round(time.monotonic() - begun, 1)
            _logger.info("edition_live", extra={"version": version, "s": took_s})
        await tell(version, EditionState.LIVE, ())


def _make(settings: Settings, before: str) -> tuple[Content, Understander] | None:
    """The content as it stands now with its model; None where nothing of it has changed.

    Raises:
        ContentError: It must not be published.
    """
    checked = LoadApart(settings.store.fitted_dir / "checked")(settings.content_dir)
    if checked.content is not None and checked.content.version == before:
        return None
    if checked.content is None or checked.faults:
        raise ContentError(checked.faults)
    return checked.content, build_understander(settings, checked.content)


def _refuse(error: ContentError) -> None:
    for fault in error.faults[:_MOST_TOLD]:
        _logger.error("content_refused", extra={"fault": fault.text})
    left = len(error.faults) - _MOST_TOLD
    if left > 0:
        _logger.error("content_refused", extra={"further_faults": left})
