"""What group commit gives: accepts a second one at a time, and 64 at once, in the same run.

Run: `.venv/bin/python benchmarks/group_commit.py`. The disk's flush time decides the first figure,
so quote the ratio, not the rates.
"""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.sealing import FORM, SEAL

from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.system_clock import SystemClock
from servicebot.domain.messages import InboundMessage, Text

MESSAGES = 2_000
AT_ONCE = 64


def message(run: str, number: int) -> InboundMessage:
    return InboundMessage(
        channel="bench",
        message_id=f"{run}-{number}",
        conversation_id=f"bench:{run}-{number}",
        sender="bench",
        received_at=datetime.now(UTC),
        content=Text(text="微粒贷提前还款要手续费吗"),
    )


async def accepts_per_s(mailbox: SqliteMailbox, run: str, at_once: int) -> float:
    left = iter(range(MESSAGES))

    async def accept() -> None:
        for number in left:
            await mailbox.accept(message(run, number))

    begun = time.perf_counter()
    await asyncio.gather(*(accept() for _ in range(at_once)))
    return MESSAGES / (time.perf_counter() - begun)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = open_sqlite_ledger(Path(folder) / "mailbox.db", SystemClock(), SEAL).database
        mailbox = SqliteMailbox(database, FORM, SystemClock())
        await accepts_per_s(mailbox, "warm", AT_ONCE)
        one = await accepts_per_s(mailbox, "one", 1)
        many = await accepts_per_s(mailbox, "many", AT_ONCE)
        database.close()
    print(
        f"one at a time: {one:,.0f}/s   {AT_ONCE} at once: {many:,.0f}/s   ratio {many / one:.1f}"
    )


if __name__ == "__main__":
    asyncio.run(main())
