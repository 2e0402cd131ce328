"""One worker without a model: each message is one call to the bank's book and one answer."""

import asyncio
import random
import sqlite3
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.chaos.book import open_book, post
from tests.chaos.store import open_store
from tests.contracts.examples import outbound, receipt
from typing_extensions import override

from servicebot.adapters.system_clock import SystemClock
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, Text
from servicebot.ports.mailbox import TurnResult
from servicebot.telemetry.metrics import Metrics
from servicebot.turns import work
from servicebot.turns.edition import Edition, Editions
from servicebot.turns.work import Workers

LEASE_S = 1.5
CREW = 4


class Posting:
    """A turn whose effect must happen once."""

    def __init__(self, book: sqlite3.Connection) -> None:
        self._book = book

    async def run(
        self,
        message: InboundMessage,
        state: Conversation | None,
        now: datetime,  # noqa: ARG002  the port's
    ) -> TurnResult:
        assert isinstance(message.content, Text)
        before = state or Conversation(
            id=message.conversation_id, channel=message.channel, sender=message.sender
        )
        post(self._book, message.message_id)
        await asyncio.sleep(0.002)
        after = replace(before, turns=before.turns + 1)
        replies = (outbound(message.content.text),)
        return TurnResult(
            conversation=after,
            replies=replies,
            receipt=receipt(message, after.turns, replies),
            push_at=None,
        )

    def give_up(self, *_: object) -> TurnResult:
        raise AssertionError("nothing here is given up")


class JumpingClock(SystemClock):
    """The wall clock of a machine that somebody keeps setting, up to an hour either way."""

    @override
    def now(self) -> datetime:
        return super().now() + timedelta(seconds=random.uniform(-3600, 3600))


async def main(url: str, folder: Path, *, fenced: bool, clock: SystemClock) -> None:
    work.LEASE_S, work.HEARTBEAT_S = LEASE_S, LEASE_S / 4  # type: ignore[misc]
    turn = Posting(open_book(folder / "book.db"))
    async with open_store(url, folder, fenced=fenced, clock=clock) as (ledger, bell):
        workers = Workers(
            mailbox=ledger.mailbox,
            editions=Editions(Edition(version="", turn=turn, apologist=turn)),
            bell=bell,
            clock=clock,
            metrics=Metrics(),
        )
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await workers.run(CREW)


if __name__ == "__main__":
    time_of_day = JumpingClock() if sys.argv[4] == "jumping" else SystemClock()
    fence = sys.argv[3] == "fenced"
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), fenced=fence, clock=time_of_day))
