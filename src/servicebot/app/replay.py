"""Decides recorded turns again with the content and the model of the settings."""

from collections.abc import AsyncIterator, Callable
from typing import Final

from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.origins import allowed_origins
from servicebot.app.seal import open_seal
from servicebot.app.stores import open_records
from servicebot.content.content import Content
from servicebot.hearing.listen import Listener
from servicebot.ports.records import Found
from servicebot.settings import Settings
from servicebot.turns.replay import Difference, Replayer
from servicebot.turns.replay_many import Replay, Tally
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

_PAGE: Final = 256
_DEADLINE_S: Final = 120.0  # nobody waits for these answers


async def replay_records(
    settings: Settings,
    mind: tuple[Content, Understander],
    tell: Callable[[Difference], None],
    *,
    conversation: str = "",
    last: int | None = None,
) -> Tally:
    """Replays a conversation (`web:c1`), or the `last` turns, or all there are.

    Raises:
        UnavailableError: The records do not answer.
    """
    content, understander = mind
    origins = allowed_origins(settings)
    async with (
        open_records(settings, open_seal(settings.store, SystemClock())) as records,
        MicroBatcher(understander, deadline_s=_DEADLINE_S) as batcher,
    ):
        listener = Listener(batcher, content)
        replay = Replay(
            Replayer(
                listener, content, understander.model_hash, origins, LocalLureReader(settings.lures)
            ),
            tell,
        )
        async for found in _pages(records, conversation, last):
            await replay.add(found)
        return replay.tally


async def _pages(records: SqlRecords, conversation: str, last: int | None) -> AsyncIterator[Found]:
    if conversation:
        found = await records.of_conversation(conversation)
        newest = found.receipts[-last:] if last is not None else found.receipts
        yield Found(receipts=newest, unreadable=found.unreadable)
        return
    place = await records.place_before_last(last) if last is not None else None
    while (page := await records.read_on(place, _PAGE)).end is not None:
        yield page.found
        place = page.end
