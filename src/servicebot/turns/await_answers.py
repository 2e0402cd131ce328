"""Waits for the answers of one message: the bell wakes it, the timeline is the truth."""

from typing import Final

from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.ports.clock import Clock
from servicebot.ports.timeline import Timeline
from servicebot.turns.bell import Listening

_POLL_S: Final = 1.0


async def await_answers(
    message: InboundMessage,
    timeline: Timeline,
    answered: Listening,
    clock: Clock,
    at_most_s: float,
    *,
    is_new: bool,
) -> tuple[OutboundMessage, ...] | None:
    """The answers; empty where the turn says nothing, None where it is not done in time.

    Args:
        message: What is to be answered.
        timeline: Where the answers stand.
        answered: Listens for the answer since before the message was accepted.
        clock: Tells how long it took.
        at_most_s: How long to wait, seconds.
        is_new: Whether it was accepted just now: nothing can stand there before it rings. A copy's
            answers may have stood there for long.
    """
    deadline = clock.monotonic_s() + at_most_s
    look = not is_new
    while (left := deadline - clock.monotonic_s()) > 0:
        if look and (replies := await timeline.answers(message)) is not None:
            return replies
        await answered.wait(min(left, _POLL_S))
        look = True
    return None
