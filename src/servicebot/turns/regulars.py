"""Who has a conversation already: remembered where it was seen here, else asked of the store.

Under a flood every name is new, and a question to the store for each would be the flood's next
victim; so there are only so many questions a second, and who is not asked after is a newcomer.
"""

from collections import OrderedDict
from typing import Final

from servicebot.ports.clock import Clock
from servicebot.ports.timeline import Timeline

QUESTIONS_PER_S: Final = 50
_MOST: Final = 20_000


class Regulars:
    """Remembers conversations that were taken in or found, the latest ones."""

    def __init__(self, timeline: Timeline, clock: Clock) -> None:
        self._timeline = timeline
        self._clock = clock
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._second = 0
        self._asked = 0

    def saw(self, conversation_id: str) -> None:
        """A message of the conversation was taken in."""
        self._seen[conversation_id] = None
        self._seen.move_to_end(conversation_id)
        if len(self._seen) > _MOST:
            self._seen.popitem(last=False)

    async def knows(self, conversation_id: str) -> bool:
        """Whether it is known to have begun before.

        Raises:
            UnavailableError: The store does not answer.
        """
        if conversation_id in self._seen:
            return True
        if not self._may_ask():
            return False
        known = await self._timeline.conversation(conversation_id) is not None
        if known:
            self.saw(conversation_id)
        return known

    def _may_ask(self) -> bool:
        second = int(self._clock.monotonic_s())
        if second != self._second:
            self._second, self._asked = second, 0
        self._asked += 1
        return self._asked <= QUESTIONS_PER_S
