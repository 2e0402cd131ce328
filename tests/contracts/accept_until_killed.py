"""Accepts messages and names each on stdout once it is accepted; ends only when it is killed."""

import asyncio
import sys
from pathlib import Path

from tests.contracts.adapters import LEDGERS
from tests.contracts.examples import inbound
from tests.contracts.settable_clock import SettableClock

from servicebot.ports.mailbox import Accepted


async def accept_for_ever(adapter: str, folder: Path) -> None:
    """Ten at a time, so that the store commits them in groups."""
    async with LEDGERS[adapter](folder, SettableClock()) as stores:
        for start in range(0, 10**6, 10):
            messages = [
                inbound(f"m{n}", conversation=f"c{n // 5}") for n in range(start, start + 10)
            ]
            outcomes = await asyncio.gather(*(stores.mailbox.accept(one) for one in messages))
            for message, outcome in zip(messages, outcomes, strict=True):
                if outcome is Accepted.NEW:
                    sys.stdout.write(f"{message.message_id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(accept_for_ever(sys.argv[1], Path(sys.argv[2])))
