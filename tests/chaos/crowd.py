"""Customers and workers in one process, for runs that break the store and not the process."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from tests.contracts.examples import inbound, result

from servicebot.domain.errors import StaleClaimError, UnavailableError
from servicebot.domain.messages import InboundMessage
from servicebot.ports.ledger import Ledger
from servicebot.ports.mailbox import Accepted

PER_CHAT = 5
_AGAIN_S = 0.02


def message(number: int) -> InboundMessage:
    """The message of this number; five make a chat, so that none is ever full."""
    return inbound(f"m{number}", conversation=f"c{number // PER_CHAT}")


@dataclass
class Crowd:
    """Says messages, handles them, and remembers what was told.

    Attributes:
        told: Numbers of the messages that were told NEW.
        refused: How many accepts were told that the store is unavailable.
        handled: How often each message was committed.
        commits: When.
    """

    ledger: Ledger
    told: list[int] = field(default_factory=list)
    refused: int = 0
    handled: Counter[str] = field(default_factory=Counter)
    commits: list[float] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    async def say(self, count: int) -> None:
        """So many messages, each until it is taken, as a messenger would."""
        for _ in range(count):
            number = next(self._numbers)
            while not await self._taken(number):
                await asyncio.sleep(_AGAIN_S)
            await asyncio.sleep(_AGAIN_S)

    async def say_once(self, count: int) -> list[int]:
        """So many messages at once; returns the numbers of those that were refused."""
        numbers = [next(self._numbers) for _ in range(count)]
        taken = await asyncio.gather(*(self._taken(number) for number in numbers))
        return [number for number, one in zip(numbers, taken, strict=True) if not one]

    async def handle(self) -> bool:
        """Handles one message; False where none is ready."""
        try:
            claim = await self.ledger.mailbox.claim(1.0)
            if claim is None:
                return False
            made = result(claim.message, claim.state, "said")
            await self.ledger.mailbox.commit(claim, made)
        except (UnavailableError, StaleClaimError):
            return False
        self.handled[claim.message.message_id] += 1
        self.commits.append(time.monotonic())
        return True

    @asynccontextmanager
    async def at_work(self, sayers: int, handlers: int) -> AsyncIterator[None]:
        """Says and handles while the context is open."""

        async def handle_on() -> None:
            while True:
                if not await self.handle():
                    await asyncio.sleep(_AGAIN_S)

        tasks = [asyncio.create_task(self.say(10**9)) for _ in range(sayers)]
        tasks += [asyncio.create_task(handle_on()) for _ in range(handlers)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for one in ended:
            if not isinstance(one, asyncio.CancelledError):
                raise AssertionError(f"one stopped: {one!r}")  # noqa: TRY004

    async def drain(self, at_most_s: float = 20.0) -> None:
        """Handles all that waits."""
        async with asyncio.timeout(at_most_s):
            while (await self.ledger.mailbox.load()).waiting:
                if not await self.handle():
                    await asyncio.sleep(_AGAIN_S)

    async def answered(self, numbers: Sequence[int]) -> Counter[int]:
        """How many answers each of these messages has in its chat, by the book of the store."""
        found: Counter[int] = Counter()
        for number in numbers:
            lines = await self.ledger.timeline.lines(message(number).conversation_id, 0)
            found[number] = sum(
                line.message_id == f"m{number}" and line.message.text == "said" for line in lines
            )
        return found

    async def _taken(self, number: int) -> bool:
        try:
            taken = await self.ledger.mailbox.accept(message(number))
        except UnavailableError:
            self.refused += 1
            return False
        if taken is Accepted.NEW:
            self.told.append(number)
        return taken is not Accepted.FULL
