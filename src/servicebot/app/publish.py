"""Watches the content and publishes each sound change while messages are handled."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from watchfiles import awatch

from servicebot.app.understander import build_understander
from servicebot.content.check import check_content
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ServicebotError
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

FOLDERS: Final = ("knowledge_base", "intents")
_SETTLES_MS: Final = 300  # an editor writes several files, or one in several steps
_MOST_TOLD: Final = 20
TakesEdition = Callable[[Content, Understander], None]
_logger = logging.getLogger(__name__)


@asynccontextmanager
async def publishing(settings: Settings, live: Content, take: TakesEdition) -> AsyncIterator[None]:
    """Publishes what changes in the content folder while the context is open.

    What does not load, or does not pass the checks of `servicebot content check`, is told in the
    log with file and line; the edition before goes on. A change of answers, replies, titles or
    values needs no fit; changed phrases are fitted in a process of its own meanwhile.
    """
    task = asyncio.create_task(_watch(settings, live, take))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _watch(settings: Settings, live: Content, take: TakesEdition) -> None:
    folders = [settings.content_dir / name for name in FOLDERS]
    version = live.version
    async for _ in awatch(*folders, debounce=_SETTLES_MS, recursive=True):
        begun = time.monotonic()
        try:
            made = await asyncio.to_thread(_make, settings, version)
        except ContentError as error:
            _refuse(error)
            continue
        except (ServicebotError, OSError):
            _logger.exception("edition_failed")
            continue
        if made is not None:
            take(*made)
            version = made[0].version
            took_s = round(time.monotonic() - begun, 1)
            _logger.info("edition_live", extra={"version": version, "s": took_s})


def _make(settings: Settings, before: str) -> tuple[Content, Understander] | None:
    """The content as it stands now with its model; None where nothing of it has changed.

    Raises:
        ContentError: It must not be published.
    """
    content = load_content(settings.content_dir)
    if content.version == before:
        return None
    if faults := check_content(content, settings.content_dir, FLOWS):
        raise ContentError(faults)
    return content, build_understander(settings, content)


def _refuse(error: ContentError) -> None:
    for fault in error.faults[:_MOST_TOLD]:
        _logger.error("content_refused", extra={"fault": fault.text})
    left = len(error.faults) - _MOST_TOLD
    if left > 0:
        _logger.error("content_refused", extra={"further_faults": left})
