"""The port to a messenger that is sent to."""

from typing import Protocol

from servicebot.ports.outbox import Delivery


class PushChannel(Protocol):
    """Sends messages to a platform."""

    async def send(self, delivery: Delivery) -> None:
        """Sends one message.

        Raises:
            UnavailableError: Later, after `retry_after_s`.
            RejectedError: Never: the platform will not take it (quota spent, customer gone).
        """
