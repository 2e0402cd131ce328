"""What a customer's message must pass before it is stored: how often, and how many wait already."""

from servicebot.domain.messages import InboundMessage
from servicebot.turns.admission import Admission, is_customers
from servicebot.turns.throttle import Deed, Throttle


class Gate:
    """Stands before the mailbox, for every channel."""

    def __init__(self, throttle: Throttle, admission: Admission) -> None:
        self._throttle = throttle
        self._admission = admission

    async def check(self, message: InboundMessage) -> None:
        """Lets a message pass; what is not of a customer always does.

        Raises:
            TooManyError: The conversation or the channel says too much.
            OverloadedError: It would wait too long for its answer.
        """
        if not is_customers(message):
            return
        await self._throttle.count(Deed.SAID, message.conversation_id)
        await self._throttle.count(Deed.CARRIED, message.channel)
        await self._admission.check(message)

    def came(self, message: InboundMessage) -> None:
        """One more was taken in."""
        self._admission.came(message)
