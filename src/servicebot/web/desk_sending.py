"""What the desk tells about sending: the sends a messenger still grants, and each line's fate.

A messenger takes a few messages for each thing the customer does and swallows the rest, so the
agent sees before she types how many are left, and on each of her lines what became of it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from servicebot.channels.registry import CHANNELS
from servicebot.domain.messages import Author, TimelineLine
from servicebot.domain.tickets import Ticket
from servicebot.ports.timeline import Timeline
from servicebot.web.answer_forms import PushedLine, Sending
from servicebot.web.services import Services

MOST_TOLD: Final = 50  # of the newest of her lines


async def sending(services: Services, ticket: Ticket, said: Sequence[str]) -> Sending:
    """How many sends are left now, and how far the answers to some messages are."""
    if ticket.channel not in CHANNELS:
        return Sending(left=None, lines=())
    found = await services.outbox.pushed(ticket.conversation_id, ticket.channel, said)
    left = await services.quota.left(ticket.channel, ticket.sender)
    lines = (PushedLine(message_id=one.reply_to, rank=one.rank, fate=one.fate) for one in found)
    return Sending(left=left, lines=tuple(lines))


def said_by_agents(lines: Iterable[TimelineLine], before: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of what agents said, the newest `MOST_TOLD`."""
    said = (*before, *(line.message_id for line in lines if line.author is Author.AGENT))
    return tuple(dict.fromkeys(said))[-MOST_TOLD:]


async def said_until(timeline: Timeline, conversation_id: str, seq: int) -> tuple[str, ...]:
    """The ids of what agents said up to a line, for a page that has shown it already."""
    said: tuple[str, ...] = ()
    read = 0
    while read < seq and (lines := await timeline.lines(conversation_id, read)):
        said = said_by_agents(lines, said)
        read = lines[-1].seq
    return said
