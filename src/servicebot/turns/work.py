"""Workers: claim a conversation, run its turn, commit; what fails is tried again, then a person."""

import asyncio
import logging
from contextlib import suppress
from typing import Final

from servicebot.domain.errors import ServicebotError, StaleClaimError, UnavailableError
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Claim, Mailbox, TurnResult
from servicebot.telemetry.logs import log_name
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import WORK, answer_bell, conversation_bell
from servicebot.turns.bell import Bell
from servicebot.turns.edition import Editions

LEASE_S: Final = 10.0
HEARTBEAT_S: Final = 3.0
POLL_S: Final = 0.2  # one worker of all looks so often
LONGEST_WAIT_S: Final = 5.0
# Together below ten seconds: longer than that nobody is left without a word.
BACK_OFF_S: Final = (0.5, 2.0, 5.0)
OUTBOX: Final = "outbox"


_logger = logging.getLogger(__name__)


class Workers:
    """Any number of workers over one mailbox; conversations never meet, messages keep order."""

    def __init__(
        self,
        *,
        mailbox: Mailbox,
        editions: Editions,
        bell: Bell,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._mailbox = mailbox
        self._editions = editions
        self._bell = bell
        self._clock = clock
        self._metrics = metrics
        self._stopping = asyncio.Event()

    async def run(self, count: int) -> None:
        """Works with `count` workers until `stop`; then finishes what is under way."""
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(self._loop())
            group.create_task(self._look_again())

    def stop(self) -> None:
        """Lets every worker finish its turn and end."""
        self._stopping.set()
        self._bell.ring(WORK)

    async def _loop(self) -> None:
        with self._bell.listen(WORK) as work:
            while not self._stopping.is_set():
                if not await self._one():
                    await work.wait(LONGEST_WAIT_S)

    async def _look_again(self) -> None:
        """Has one idle worker look at the store every moment: a ring may be lost, a wait over."""
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._stopping.wait()
            self._bell.wake(WORK, 1)

    async def _one(self) -> bool:
        try:
            claim = await self._mailbox.claim(LEASE_S)
        except Exception:  # a worker that ended would leave its share of the messages waiting
            _logger.exception("mailbox_unavailable")
            return False
        if claim is None:
            return False
        heartbeat = asyncio.create_task(self._keep(claim))
        try:
            await self._handle(claim)
        finally:
            heartbeat.cancel()
        return True

    async def _keep(self, claim: Claim) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            with suppress(UnavailableError):  # the next beat may still be in time
                if not await self._mailbox.renew(claim, LEASE_S):
                    return

    async def _handle(self, claim: Claim) -> None:
        edition = self._editions.current
        try:
            if claim.tries > len(BACK_OFF_S):
                result = edition.apologist.give_up(claim.message, claim.state, claim.at)
            else:
                result = await edition.turn.run(claim.message, claim.state, claim.at)
            for notice in result.notices:
                await self._mailbox.accept(notice)
            await self._mailbox.commit(claim, result)
        except StaleClaimError:
            _logger.warning("claim_lost", extra={"conversation": log_name(claim.conversation_id)})
        except Exception:
            # The one place that must survive any fault: the message goes back and is tried again.
            _logger.exception(
                "turn_failed", extra={"conversation": log_name(claim.conversation_id)}
            )
            self._metrics.failures.inc()
            await self._give_back(claim)
        else:
            self._tell(claim, result)

    async def _give_back(self, claim: Claim) -> None:
        try:
            wait_s = BACK_OFF_S[min(claim.tries, len(BACK_OFF_S) - 1)]
            await self._mailbox.fail(claim, wait_s)
        except ServicebotError:
            _logger.exception("give_back_failed")  # the lease runs out by itself

    def _tell(self, claim: Claim, result: TurnResult) -> None:
        message, decision = claim.message, result.receipt.decision
        self._bell.ring(answer_bell(message.channel, message.message_id))
        self._bell.ring(conversation_bell(claim.conversation_id))
        if result.push_at is not None:
            self._bell.ring(OUTBOX)
        took_s = (self._clock.now() - message.received_at).total_seconds()
        self._metrics.turns.labels(decision.split(":", maxsplit=1)[0]).inc()
        self._metrics.turn_seconds.observe(max(took_s, 0.0))
        _logger.info(
            "turn_done",
            extra={
                "conversation": log_name(claim.conversation_id),
                "channel": message.channel,
                "decision": decision,
                "ms": round(took_s * 1000),
            },
        )
