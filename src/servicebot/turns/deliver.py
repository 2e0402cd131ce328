"""Senders: take committed messages to their messenger, in order, again when it fails."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from servicebot.domain.errors import NoSendsLeftError, RejectedError, UnavailableError
from servicebot.ports.channel import PushChannel
from servicebot.ports.outbox import Delivery, Fate, Outbox
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.bell import Bell
from servicebot.turns.work import OUTBOX

LEASE_S: Final = 30.0
SEND_S: Final = 10.0
POLL_S: Final = 0.5
MOST_TRIES: Final = 8
LONGEST_WAIT_S: Final = 300.0

_logger = logging.getLogger(__name__)


class Senders:
    """Any number of senders over one outbox."""

    def __init__(
        self, outbox: Outbox, channels: Mapping[str, PushChannel], bell: Bell, metrics: Metrics
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._bell = bell
        self._metrics = metrics
        self._stopping = asyncio.Event()

    async def run(self, count: int) -> None:
        """Sends with `count` senders until `stop`."""
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(self._loop())

    def stop(self) -> None:
        """Lets every sender finish its message and end."""
        self._stopping.set()
        self._bell.ring(OUTBOX)

    async def _loop(self) -> None:
        with self._bell.listen(OUTBOX) as ring:
            while not self._stopping.is_set():
                if not await self._one():
                    await ring.wait(POLL_S)

    async def _one(self) -> bool:
        """Delivers one message; whatever goes wrong, the lease ends and it is tried again."""
        try:
            delivery = await self._outbox.claim_delivery(LEASE_S)
            if delivery is not None:
                await self._deliver(delivery)
        except Exception:
            _logger.exception("delivery_failed")
            return False
        return delivery is not None

    async def _deliver(self, delivery: Delivery) -> None:
        channel = self._channels.get(delivery.channel)
        if channel is None:
            await self._outbox.undeliverable(delivery, "the channel is switched off")
            return
        try:
            async with asyncio.timeout(SEND_S):
                await channel.send(delivery)
        except NoSendsLeftError as error:
            await self._end(delivery, "no_sends", str(error), Fate.SWALLOWED)
        except RejectedError as error:
            await self._end(delivery, "refused", str(error))
        except (UnavailableError, TimeoutError) as error:
            await self._again(delivery, error)
        else:
            await self._outbox.delivered(delivery)
            self._metrics.deliveries.labels(delivery.channel, "sent").inc()

    async def _again(self, delivery: Delivery, error: Exception) -> None:
        if delivery.tries + 1 >= MOST_TRIES:
            await self._end(delivery, "given_up", str(error))
            return
        asked = error.retry_after_s if isinstance(error, UnavailableError) else None
        wait_s = asked or min(2.0**delivery.tries, LONGEST_WAIT_S)
        await self._outbox.postpone(delivery, wait_s)
        self._metrics.deliveries.labels(delivery.channel, "postponed").inc()

    async def _end(
        self, delivery: Delivery, outcome: str, why: str, fate: Fate = Fate.DEAD
    ) -> None:
        await self._outbox.undeliverable(delivery, why, fate)
        self._metrics.deliveries.labels(delivery.channel, outcome).inc()
        _logger.warning(
            "undeliverable", extra={"channel": delivery.channel, "outcome": outcome, "why": why}
        )
