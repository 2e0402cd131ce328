"""Whether a message may come in: an honest no now is better than a silent wait.

A message of the customer is taken while what waits is answered within a bound. Who has a
conversation already may wait four times as long as who begins one, so a crowd of newcomers keeps
nobody out who is in the middle of something. The bank's news and agents' acts always come in.
"""

from typing import Final

from servicebot.domain.errors import OverloadedError
from servicebot.domain.messages import Arrival, InboundMessage, Rate, Text, Unreadable
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Mailbox
from servicebot.ports.timeline import Timeline
from servicebot.turns.pace import Pace
from servicebot.turns.regulars import Regulars

LOOK_EVERY_S: Final = 0.25
NEWCOMERS_SHARE: Final = 0.25
ALWAYS_ROOM_FOR: Final = 20  # a few are no crowd, whatever the workers' rate is thought to be
_AGAIN_S: Final = 2.0
_MOST_AGAIN_S: Final = 30.0


def is_customers(message: InboundMessage) -> bool:
    """Whether the customer does it, and could do it again later."""
    return isinstance(message.content, Text | Unreadable | Arrival | Rate)


class Admission:
    """Looks at the mailbox now and then, and refuses what would wait too long."""

    def __init__(
        self, mailbox: Mailbox, timeline: Timeline, clock: Clock, *, most_wait_s: float
    ) -> None:
        """Takes the longest wait, in seconds, of who has a conversation already."""
        self._mailbox = mailbox
        self._regulars = Regulars(timeline, clock)
        self._clock = clock
        self._most_wait_s = most_wait_s
        self._pace = Pace()
        self._looked_s = float("-inf")

    async def check(self, message: InboundMessage) -> None:
        """Lets a message pass.

        Raises:
            OverloadedError: It would wait too long.
            UnavailableError: The store does not answer.
        """
        await self._look()
        wait_s = self._pace.wait_s()
        newcomers_s = NEWCOMERS_SHARE * self._most_wait_s
        if wait_s <= newcomers_s or self._pace.waiting <= ALWAYS_ROOM_FOR:
            return
        is_regular = await self._regulars.knows(message.conversation_id)
        bound_s = self._most_wait_s if is_regular else newcomers_s
        if wait_s > bound_s:
            raise OverloadedError(
                "More is asked than can be answered in time. Please send it again.",
                retry_after_s=min(max(_AGAIN_S, wait_s - bound_s), _MOST_AGAIN_S),
            )

    def came(self, message: InboundMessage) -> None:
        """One more was taken in."""
        self._pace.came()
        self._regulars.saw(message.conversation_id)

    async def _look(self) -> None:
        now_s = self._clock.monotonic_s()
        if now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s  # who comes meanwhile goes by the look before
        load = await self._mailbox.load()
        self._pace.look(now_s, load)
