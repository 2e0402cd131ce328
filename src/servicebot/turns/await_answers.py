"""Waits for the answers of one message: the bell wakes it, the timeline is the truth."""

from typing import Final

from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.ports.clock import Clock
from servicebot.ports.timeline import Timeline
from servicebot.turns.accept import answer_bell
from servicebot.turns.bell import Bell

_POLL_S: Final = 1.0


async def await_answers(
    message: InboundMessage, timeline: Timeline, bell: Bell, clock: Clock, at_most_s: float
) -> tuple[OutboundMessage, ...] | None:
    """The answers; empty where the turn says nothing, None where it is not done in time."""
    deadline = clock.monotonic_s() + at_most_s
    with bell.listen(answer_bell(message.channel, message.message_id)) as answer:
        while (left := deadline - clock.monotonic_s()) > 0:
            replies = await timeline.answers(message)
            if replies is not None:
                return replies
            await answer.wait(min(left, _POLL_S))
    return None
