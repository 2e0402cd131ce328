"""The REST interface of the web chat: `POST /v1/messages` and the chat page's sessions."""

import hmac
from contextlib import suppress
from typing import Final

from aiohttp import web

from servicebot.domain.conversation import Owner
from servicebot.domain.errors import MailboxFullError, RejectedError, SignatureError
from servicebot.domain.messages import (
    Arrival,
    ChatEnded,
    DeskEvent,
    DeskNews,
    InboundMessage,
    MessageContent,
    Text,
)
from servicebot.ports.mailbox import Accepted
from servicebot.turns.accept import answer_bell
from servicebot.turns.await_answers import await_answers
from servicebot.turns.throttle import Deed
from servicebot.web.answer import answer
from servicebot.web.answer_forms import Answered, ChatOpened, MessageTaken, NotAnsweredYet, Taken
from servicebot.web.chat_ticket import PREFIX
from servicebot.web.client_address import client_address
from servicebot.web.origin import check_is_local, check_origin
from servicebot.web.read_form import read_body, read_query
from servicebot.web.request_forms import Ending, Message, Opening, Wait
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import shown_message

CHANNEL: Final = "web"
WAIT_S: Final = 20.0


async def post_message(request: web.Request) -> web.Response:
    """Takes a message of a partner's program; with `?wait=1` answers with the replies."""
    services = request.app[SERVICES]
    check_origin(request)
    check_token(request, services)
    wait, sent = read_query(request, Wait), await read_body(request, Message)
    check_program(sent.conversation)
    message = inbound(services, sent.conversation, sent.id, Text(text=sent.text))
    if wait.wait == "0":
        return answer(MessageTaken(accepted=await accept(services, message)), 202)
    with services.bell.listen(answer_bell(CHANNEL, message.message_id)) as answered:
        accepted = await accept(services, message)
        is_new = accepted is Accepted.NEW
        replies = await await_answers(
            message, services.timeline, answered, services.clock, WAIT_S, is_new=is_new
        )
    if replies is None:
        return answer(NotAnsweredYet(accepted=accepted, replies=None), 202)
    state = await services.timeline.conversation(message.conversation_id)
    told = Answered(
        conversation=sent.conversation,
        id=sent.id,
        accepted=accepted,
        owner=state.owner if state is not None else Owner.BOT,
        replies=tuple(map(shown_message, replies)),
    )
    return answer(told)


async def post_session(request: web.Request) -> web.Response:
    """Opens a conversation for the chat page and greets; the one it replaces waits no more."""
    services = request.app[SERVICES]
    check_origin(request)
    await services.throttle.count(Deed.SESSION, client_address(request))
    opening = await read_body(request, Opening)
    name, ticket = services.chat_tickets.issue()
    arrival = Arrival(language=opening.language)
    await accept(services, inbound(services, name, f"arrival:{name}", arrival))
    if opening.former is not None:
        await _end_wait(services, opening.former)
    return answer(ChatOpened(ticket=ticket), 201)


async def end_session(request: web.Request) -> web.Response:
    """Ends the chat of a ticket: the customer is not known in it any more, no page opens it again."""
    services = request.app[SERVICES]
    check_origin(request)
    await services.throttle.count(Deed.MESSAGE, client_address(request))
    name = services.chat_tickets.read((await read_body(request, Ending)).ticket)
    accepted = await accept(services, inbound(services, name, f"ended:{name}", ChatEnded()))
    return answer(MessageTaken(accepted=accepted), 202)


async def _end_wait(services: Services, former: str) -> None:
    """Tells the former chat, if it waits for a person; a ticket that is not valid names none."""
    with suppress(SignatureError):
        name = services.chat_tickets.read(former)
        state = await services.timeline.conversation(f"{CHANNEL}:{name}")
        if state is not None and state.owner is Owner.QUEUE and state.ticket_id is not None:
            news = DeskEvent(news=DeskNews.SUPERSEDED, ticket_id=state.ticket_id)
            await services.door.accept(
                inbound(services, name, f"superseded:{state.ticket_id}", news)
            )


def inbound(
    services: Services, conversation: str, message_id: str, content: MessageContent
) -> InboundMessage:
    """A message of the web channel; its id is made unique by the conversation's name."""
    return InboundMessage(
        channel=CHANNEL,
        message_id=f"{conversation}/{message_id}",
        conversation_id=f"{CHANNEL}:{conversation}",
        sender=conversation,
        received_at=services.clock.now(),
        content=content,
    )


async def accept(services: Services, message: InboundMessage) -> Taken:
    """Puts a message through the door.

    Raises:
        MailboxFullError: Too many messages of this conversation wait.
    """
    accepted = await services.door.accept(message)
    if accepted is Accepted.FULL:
        raise MailboxFullError("Too many messages wait; slow down.", retry_after_s=2.0)
    return accepted


def check_program(conversation: str) -> None:
    """Keeps programs out of the chat page's conversations.

    Raises:
        RejectedError: It is one of those.
    """
    if conversation.startswith(PREFIX):
        raise RejectedError(f"Conversations that begin with `{PREFIX}` belong to the chat page.")


def check_token(request: web.Request, services: Services) -> None:
    """Whether a program may speak here; without a token only this machine may.

    Raises:
        SignatureError: It may not.
    """
    wanted = services.settings.web.api_token
    if not wanted:
        check_is_local(request)
        return
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(shown.encode(errors="surrogateescape"), wanted.encode()):
        raise SignatureError("Send `Authorization: Bearer <token>` with the configured token.")
