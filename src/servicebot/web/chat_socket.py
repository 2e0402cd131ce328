"""The chat page's WebSocket: says messages, shows lines, resumes by sequence number.

    page                                   server
    {type: hello, ticket, after, at}  ->
                                      <-   {type: lines, lines: [...], owner, anew?}
    {type: say, id, text}             ->
                                      <-   {type: accepted, id} | {type: refused, id, detail}
                                           | {type: later, id, after}: send it again in `after` s
                                      <-   {type: lines, ...}   whenever there are more
    {type: ping}                      ->
                                      <-   {type: pong}

A page that lost its connection says hello with number and instant of the last line it has shown;
nothing is shown twice, nothing is missing. Where there is no such line any more, `anew` says that
the lines are all there are. A `say` may be sent again with the same id.
"""

import asyncio
from typing import Any, Final

from aiohttp import WSCloseCode, web

from servicebot.domain.errors import ServicebotError, SignatureError, UnavailableError
from servicebot.domain.messages import Text
from servicebot.turns.accept import conversation_bell
from servicebot.turns.throttle import Deed
from servicebot.web.chat_api import CHANNEL, accept, inbound
from servicebot.web.client_address import client_address
from servicebot.web.frames import frames_in_time
from servicebot.web.open_sockets import open_socket
from servicebot.web.origin import check_origin
from servicebot.web.read_json import identifier, parse_object, words
from servicebot.web.reading import Reading, Shown, shown_by
from servicebot.web.services import SERVICES, Services

HELLO_S: Final = 10.0
POLL_S: Final = 2.0
LATER_S: Final = 1.0
MOST_LATER_S: Final = 30.0
TICKET_REFUSED: Final = 4401


async def chat_socket(request: web.Request) -> web.WebSocketResponse:
    """Serves one page."""
    services = request.app[SERVICES]
    check_origin(request)
    async with open_socket(request) as socket:
        await _serve(services, socket, client_address(request))
    return socket


async def _serve(services: Services, socket: web.WebSocketResponse, address: str) -> None:
    try:
        async with asyncio.timeout(HELLO_S):
            hello = parse_object(await socket.receive_str())
        name = services.chat_tickets.read(str(hello.get("ticket", "")))
        shown = shown_by(hello)
    except SignatureError as error:
        await socket.send_json({"type": "refused", "id": None, "detail": str(error)})
        await socket.close(code=TICKET_REFUSED, message=b"ticket")
        return
    except (ServicebotError, TimeoutError, TypeError) as error:
        detail = str(error) if isinstance(error, ServicebotError) else "No hello came."
        await socket.send_json({"type": "refused", "id": None, "detail": detail})
        await socket.close(code=4400, message=b"hello")
        return
    pusher = asyncio.create_task(_push_or_close(services, socket, name, shown))
    try:
        await _listen(services, socket, name, address)
    finally:
        pusher.cancel()
        await asyncio.gather(pusher, return_exceptions=True)


async def _listen(
    services: Services, socket: web.WebSocketResponse, name: str, address: str
) -> None:
    async for text in frames_in_time(socket, services.clock):
        await socket.send_json(await _take(services, name, address, text))


async def _take(services: Services, name: str, address: str, data: str) -> dict[str, Any]:
    message_id = None
    try:
        values = parse_object(data)
        if values.get("type") == "ping":
            return {"type": "pong"}
        message_id = identifier(values, "id")
        text = Text(text=words(values, "text"))
        await services.throttle.count(Deed.MESSAGE, address)
        await accept(services, inbound(services, name, message_id, text))
    except UnavailableError as error:
        after_s = min(max(error.retry_after_s or LATER_S, LATER_S), MOST_LATER_S)
        return {"type": "later", "id": message_id, "after": after_s}
    except ServicebotError as error:
        return {"type": "refused", "id": message_id, "detail": str(error)}
    return {"type": "accepted", "id": message_id}


async def _push_or_close(
    services: Services, socket: web.WebSocketResponse, name: str, shown: Shown
) -> None:
    """Cuts a page off whose lines cannot be read; it comes back by itself and resumes.

    One whose chat was ended comes back with no ticket.
    """
    code: int = WSCloseCode.TRY_AGAIN_LATER
    try:
        await _push(services, socket, name, shown)
    except SignatureError:
        code = TICKET_REFUSED
    except (ServicebotError, ConnectionError):
        pass
    await socket.close(code=code)


async def _push(services: Services, socket: web.WebSocketResponse, name: str, shown: Shown) -> None:
    """Shows what is new, from the beginning where the page has shown another conversation.

    Raises:
        SignatureError: The customer has ended this chat.
    """
    conversation_id = f"{CHANNEL}:{name}"
    reading, owner = Reading(services.timeline, conversation_id, shown), ""
    with services.bell.listen(conversation_bell(conversation_id)) as ring:
        while not socket.closed:
            further = await reading.further()
            state = await services.timeline.conversation(conversation_id)
            if state is not None and state.ended:
                raise SignatureError("This chat was ended; open a new one.")
            now = state.owner.value if state is not None else "bot"
            if further.lines or further.anew or now != owner:
                owner = now
                await socket.send_json(further.frame(owner=owner))
            await ring.wait(POLL_S)
