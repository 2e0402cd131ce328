"""The chat page's WebSocket: says messages, shows lines, resumes by sequence number.

    page                                   server
    {type: hello, ticket, after, at}  ->
                                      <-   {type: lines, lines: [...], owner, anew}
    {type: say, id, text}             ->
                                      <-   {type: accepted, id} | {type: refused, id, detail}
                                           | {type: later, id, after}: send it again in `after` s
                                      <-   {type: lines, ...}   whenever there are more
    {type: rate, id, article, solved} ->
                                      <-   {type: rated, id, article, accepted: new | duplicate}
                                           | {type: not_rated, id, article, detail}
    {type: ping}                      ->
                                      <-   {type: pong}

A page that lost its connection says hello with number and instant of the last line it has shown;
nothing is shown twice, nothing is missing. Where there is no such line any more, `anew` says that
the lines are all there are. A `say` may be sent again with the same id. A `rate` names an answer by
the id of the message it answers and its article; the first one counts, and is a line too.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from aiohttp import WSCloseCode, web

from servicebot.domain.conversation import Owner
from servicebot.domain.errors import ServicebotError, SignatureError, UnavailableError
from servicebot.domain.messages import Text
from servicebot.turns.accept import conversation_bell
from servicebot.turns.throttle import Deed
from servicebot.web.answer import frame
from servicebot.web.answer_forms import ChatLines
from servicebot.web.chat_api import CHANNEL, accept, inbound
from servicebot.web.client_address import client_address
from servicebot.web.frames import frames_in_time
from servicebot.web.open_sockets import open_socket
from servicebot.web.origin import check_origin
from servicebot.web.rate import rate
from servicebot.web.read_form import read_text, read_values
from servicebot.web.read_json import parse_object
from servicebot.web.reading import Reading
from servicebot.web.request_forms import Hello, Named, Rated, Said, Shown
from servicebot.web.services import SERVICES, Services
from servicebot.web.wire import shown_line

HELLO_S: Final = 10.0
POLL_S: Final = 2.0
LATER_S: Final = 1.0
MOST_LATER_S: Final = 30.0
NO_HELLO: Final = 4400
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
            hello = read_text(await socket.receive_str(), Hello)
        name = services.chat_tickets.read(hello.ticket or "")
    except SignatureError as error:
        await _refuse(socket, str(error), TICKET_REFUSED)
        return
    except (ServicebotError, TimeoutError, TypeError) as error:
        detail = str(error) if isinstance(error, ServicebotError) else "No hello came."
        await _refuse(socket, detail, NO_HELLO)
        return
    pusher = asyncio.create_task(_push_or_close(services, socket, name, hello))
    try:
        await _listen(services, socket, name, address)
    finally:
        pusher.cancel()
        await asyncio.gather(pusher, return_exceptions=True)


async def _refuse(socket: web.WebSocketResponse, detail: str, code: int) -> None:
    with suppress(ConnectionError):  # the page may have gone
        await socket.send_str(frame("refused", id=None, detail=detail))
        await socket.close(code=code)


async def _listen(
    services: Services, socket: web.WebSocketResponse, name: str, address: str
) -> None:
    async for text in frames_in_time(socket, services.clock):
        await socket.send_str(await _take(services, name, address, text))


async def _take(services: Services, name: str, address: str, data: str) -> str:
    message_id = None
    try:
        values = parse_object(data)
        if values.get("type") == "ping":
            return frame("pong")
        if values.get("type") == "rate":
            return await _rate(services, name, address, values)
        message_id = read_values(values, Named).id
        text = Text(text=read_values(values, Said).text)
        await services.throttle.count(Deed.MESSAGE, address)
        await accept(services, inbound(services, name, message_id, text))
    except UnavailableError as error:
        after_s = min(max(error.retry_after_s or LATER_S, LATER_S), MOST_LATER_S)
        return frame("later", id=message_id, after=after_s)
    except ServicebotError as error:
        return frame("refused", id=message_id, detail=str(error))
    return frame("accepted", id=message_id)


async def _rate(services: Services, name: str, address: str, values: Mapping[str, object]) -> str:
    rated = None
    try:
        rated = read_values(values, Rated)
        await services.throttle.count(Deed.MESSAGE, address)
        accepted = await rate(services, name, rated)
    except ServicebotError as error:
        which = {"id": rated and rated.id, "article": rated and rated.article}
        return frame("not_rated", **which, detail=str(error))
    return frame("rated", id=rated.id, article=rated.article, accepted=accepted)


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
    reading = Reading(services.timeline, conversation_id, shown)
    owner: Owner | None = None
    with services.bell.listen(conversation_bell(conversation_id)) as ring:
        while not socket.closed:
            further = await reading.further()
            state = await services.timeline.conversation(conversation_id)
            if state is not None and state.ended:
                raise SignatureError("This chat was ended; open a new one.")
            now = state.owner if state is not None else Owner.BOT
            if further.lines or further.anew or now != owner:
                owner = now
                lines = tuple(map(shown_line, further.lines))
                told = ChatLines(owner=owner, lines=lines, anew=further.anew)
                await socket.send_str(frame("lines", told))
            await ring.wait(POLL_S)
