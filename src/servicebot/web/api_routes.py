"""The URL table of the API: health, programs, the chat page, the bank, the desk."""

from collections.abc import Mapping
from typing import Final

from servicebot.web import bank_events, chat_api, chat_socket, health, rate
from servicebot.web.answer_forms import (
    Alive,
    Answered,
    ChatOpened,
    MessageTaken,
    NotAnsweredYet,
    NotReady,
    RatingTaken,
    Ready,
)
from servicebot.web.desk_routes import DESK_ROUTES
from servicebot.web.request_forms import BankNotice, Ending, Message, Opening, Rating, Wait
from servicebot.web.route import EVERYWHERE, FROM_A_PAGE, IN_A_CROWD, Proof, Route
from servicebot.web.studio_routes import STUDIO_ROUTES

_CHAT: Final = (*EVERYWHERE, *FROM_A_PAGE, *IN_A_CROWD)

HEALTH_ROUTES: Final = (
    Route(method="GET", path="/healthz", handler=health.healthz, answers={200: Alive}),
    Route(method="GET", path="/readyz", handler=health.readyz, answers={200: Ready, 503: NotReady}),
)
API_ROUTES: Final = (
    *HEALTH_ROUTES,
    Route(
        method="GET",
        path="/metrics",
        handler=health.metrics,
        answers={200: str},
        refuses=(*EVERYWHERE, 401, 404),
        proof=Proof.METRICS_TOKEN,
    ),
    Route(
        method="POST",
        path="/v1/messages",
        handler=chat_api.post_message,
        answers={200: Answered, 202: MessageTaken | NotAnsweredYet},
        refuses=_CHAT,
        body=Message,
        query=Wait,
        proof=Proof.API_TOKEN,
    ),
    Route(
        method="POST",
        path="/v1/ratings",
        handler=rate.post_rating,
        answers={200: RatingTaken},
        refuses=(*_CHAT, 404),
        body=Rating,
        proof=Proof.API_TOKEN,
    ),
    Route(
        method="POST",
        path="/v1/chat/sessions",
        handler=chat_api.post_session,
        answers={201: ChatOpened},
        refuses=_CHAT,
        body=Opening,
    ),
    Route(
        method="POST",
        path="/v1/chat/sessions/end",
        handler=chat_api.end_session,
        answers={202: MessageTaken},
        refuses=_CHAT,
        body=Ending,
    ),
    Route(
        method="GET",
        path="/v1/chat/socket",
        handler=chat_socket.chat_socket,
        answers={101: None},
        refuses=_CHAT,
        words=chat_socket.__doc__ or "",
    ),
    *DESK_ROUTES,
    *STUDIO_ROUTES,
    Route(
        method="POST",
        path="/webhooks/bank",
        handler=bank_events.post_bank_event,
        answers={204: None},
        refuses=(*EVERYWHERE, 400, 401, 503),
        body=BankNotice,
        proof=Proof.BANK_SIGNATURE,
    ),
)

LEFT_OUT: Final[Mapping[str, str]] = {
    "/": "leads to the chat page",
    "/chat": "the customers' page",
    "/desk": "the agents' page",
    "/studio": "the page of content staff",
    "/static": "files of the pages",
    "/openapi.json": "this document",
    "/webhooks/wechat": "in WeChat's own form: sealed XML, see docs/channels/wechat.md",
}
