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
from servicebot.domain.understanding import Language
from servicebot.ports.mailbox import Accepted
from servicebot.turns.accept import answer_bell
from servicebot.turns.await_answers import await_answers
from servicebot.turns.throttle import Deed
from servicebot.web.chat_ticket import PREFIX
from servicebot.web.client_address import client_address
from servicebot.web.origin import check_is_local, check_origin
from servicebot.web.read_json import identifier, read_object, words
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import message_json

CHANNEL: Final = "web"
WAIT_S: Final = 20.0


async def post_message(request: web.Request) -> web.Response:
    """Takes a message of a partner's program; with `?wait=1` answers with the replies."""
    services = request.app[SERVICES]
    check_origin(request)
    _check_token(request, services)
    body = await read_object(request)
    conversation = identifier(body, "conversation")
    if conversation.startswith(PREFIX):
        raise RejectedError(f"Conversations that begin with `{PREFIX}` belong to the chat page.")
    message = inbound(
        services, conversation, identifier(body, "id"), Text(text=words(body, "text"))
    )
    if request.query.get("wait") != "1":
        accepted = await accept(services, message)
        return web.json_response({"accepted": accepted.value}, status=202)
    with services.bell.listen(answer_bell(CHANNEL, message.message_id)) as answered:
        accepted = await accept(services, message)
        is_new = accepted is Accepted.NEW
        replies = await await_answers(
            message, services.timeline, answered, services.clock, WAIT_S, is_new=is_new
        )
    if replies is None:
        return web.json_response({"accepted": accepted.value, "replies": None}, status=202)
    state = await services.timeline.conversation(message.conversation_id)
    return web.json_response(
        {
            "conversation": conversation,
            "id": body["id"],
            "accepted": accepted.value,
            "owner": state.owner.value if state is not None else "bot",
            "replies": [message_json(reply) for reply in replies],
        }
    )


async def post_session(request: web.Request) -> web.Response:
    """Opens a conversation for the chat page and greets; the one it replaces waits no more."""
    services = request.app[SERVICES]
    check_origin(request)
    await services.throttle.count(Deed.SESSION, client_address(request))
    body = await read_object(request)
    language = body.get("language", Language.ZH)
    if language not in list(Language):
        raise RejectedError("`language` must be zh or en.")
    name, ticket = services.chat_tickets.issue()
    arrival = Arrival(language=Language(language))
    await accept(services, inbound(services, name, f"arrival:{name}", arrival))
    former = body.get("former")
    if isinstance(former, str):
        await _end_wait(services, former)
    return web.json_response({"ticket": ticket}, status=201)


async def end_session(request: web.Request) -> web.Response:
    """Ends the chat of a ticket: the customer is not known in it any more, no page opens it again."""
    services = request.app[SERVICES]
    check_origin(request)
    await services.throttle.count(Deed.MESSAGE, client_address(request))
    name = services.chat_tickets.read(str((await read_object(request)).get("ticket", "")))
    accepted = await accept(services, inbound(services, name, f"ended:{name}", ChatEnded()))
    return web.json_response({"accepted": accepted.value}, status=202)


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


async def accept(services: Services, message: InboundMessage) -> Accepted:
    """Puts a message through the door.

    Raises:
        MailboxFullError: Too many messages of this conversation wait.
    """
    accepted = await services.door.accept(message)
    if accepted is Accepted.FULL:
        raise MailboxFullError("Too many messages wait; slow down.", retry_after_s=2.0)
    return accepted


def _check_token(request: web.Request, services: Services) -> None:
    wanted = services.settings.web.api_token
    if not wanted:
        check_is_local(request)
        return
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(shown.encode(errors="surrogateescape"), wanted.encode()):
        raise SignatureError("Send `Authorization: Bearer <token>` with the configured token.")
