"""Telling servicebot: signed, repeated, and not forgotten over a restart."""

import asyncio
import hashlib
import hmac
import logging
from typing import Literal

import aiohttp

from servicebot.sandbox_bank.book import Book
from servicebot.sandbox_bank.clock import BankClock
from servicebot.sandbox_bank.events import PendingEvent, close_event, pending_events
from servicebot.sandbox_bank.options import SandboxOptions

TIMEOUT_S = 5.0
SUCCESS_CLASS = 2

logger = logging.getLogger(__name__)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the value of X-Bank-Signature."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class Callbacks:
    """Sends pending events, each in its own task, until a 2xx comes or the tries are used up."""

    def __init__(self, options: SandboxOptions, book: Book, clock: BankClock) -> None:
        self._options = options
        self._book = book
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def send_pending(self) -> None:
        """Start sending what is pending and not yet on its way."""
        url = self._options.callback_url
        if url is None:
            return
        for event in await self._book.run(pending_events):
            if event.event_id not in self._tasks:
                self._tasks[event.event_id] = asyncio.create_task(self._send(url, event))

    async def close(self) -> None:
        """Stop sending; what was not acknowledged is sent at the next start."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._session.close()

    async def _send(self, url: str, event: PendingEvent) -> None:
        outcome: Literal["delivered", "given_up"] = "given_up"
        for delay_s in (0.0, *self._options.callback_delays_s):
            await asyncio.sleep(delay_s)
            if await self._is_accepted(url, event):
                outcome = "delivered"
                break
        logger.info("bank_callback", extra={"event_id": event.event_id, "outcome": outcome})
        await self._book.run(lambda connection: close_event(connection, event.event_id, outcome))
        del self._tasks[event.event_id]

    async def _is_accepted(self, url: str, event: PendingEvent) -> bool:
        body = event.body.encode()
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Bank-Timestamp": timestamp,
            "X-Bank-Signature": sign(self._options.callback_secret, timestamp, body),
        }
        try:
            async with self._session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return response.status // 100 == SUCCESS_CLASS
        except (aiohttp.ClientError, TimeoutError):
            return False
