"""An act of the desk on its way: into the conversation's mailbox, and back with what came of it."""

import secrets
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage, OutboundMessage
from servicebot.domain.tickets import Ticket
from servicebot.ports.mailbox import Accepted
from servicebot.turns.accept import answer_bell
from servicebot.turns.await_answers import await_answers
from servicebot.web.desk_refusals import DeskRefusedError, Refusal
from servicebot.web.services import SERVICES

ACT_S: Final = 10.0  # a turn before hers may wait for the bank


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is done.

    Attributes:
        ticket: With which ticket.
        agent: Whose act it is; of an assignment, who gets the ticket.
        verb: What.
        act_id: Makes a second try harmless; empty for a new one.
        text: Her words.
        within_s: How long the answer may take.
    """

    ticket: Ticket
    agent: str
    verb: AgentVerb
    act_id: str = ""
    text: str = ""
    within_s: float = ACT_S


async def do(
    request: web.Request, act: Act, *, is_patient: bool = False
) -> tuple[OutboundMessage, ...] | None:
    """Puts the act into the conversation's mailbox and waits for the turn.

    Args:
        request: Of the desk.
        act: The act.
        is_patient: Whether a full mailbox is nothing to complain of.

    Returns:
        What the customer was told; nothing where the act came too late; None where the
        conversation has not come to it yet.

    Raises:
        DeskRefusedError: The mailbox is full.
    """
    services = request.app[SERVICES]
    message = _message(act, request)
    with services.bell.listen(answer_bell(message.channel, message.message_id)) as answered:
        accepted = await services.door.accept(message)
        if accepted is Accepted.FULL:
            if is_patient:
                return None
            raise DeskRefusedError(Refusal.SLOW, retry_after_s=1.0)
        is_new = accepted is Accepted.NEW
        return await await_answers(
            message, services.timeline, answered, services.clock, act.within_s, is_new=is_new
        )


def _message(act: Act, request: web.Request) -> InboundMessage:
    ticket = act.ticket
    return InboundMessage(
        channel=ticket.channel,
        message_id=f"desk/{ticket.id}/{act.act_id or secrets.token_hex(8)}",
        conversation_id=ticket.conversation_id,
        sender=ticket.sender,
        received_at=request.app[SERVICES].clock.now(),
        content=AgentAct(verb=act.verb, agent=act.agent, ticket_id=ticket.id, text=act.text),
    )
