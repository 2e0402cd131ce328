"""A customer's rating of an answer, from the chat page or a program, on its way to the door."""

import hashlib
from typing import Final

from aiohttp import web

from servicebot.domain.errors import UnknownAnswerError
from servicebot.domain.messages import Rate
from servicebot.ports.mailbox import Accepted
from servicebot.web.answer import answer
from servicebot.web.answer_forms import RatingTaken, Taken
from servicebot.web.chat_api import CHANNEL, accept, check_program, check_token, inbound
from servicebot.web.origin import check_origin
from servicebot.web.read_form import read_body
from servicebot.web.request_forms import Rated, Rating
from servicebot.web.services import SERVICES, Services

_ID_LENGTH: Final = 32


async def post_rating(request: web.Request) -> web.Response:
    """Takes a customer's word on an answer by a partner's program, once."""
    services = request.app[SERVICES]
    check_origin(request)
    check_token(request, services)
    rated = await read_body(request, Rating)
    check_program(rated.conversation)
    return answer(RatingTaken(accepted=await rate(services, rated.conversation, rated)))


async def rate(services: Services, conversation: str, rated: Rated) -> Taken:
    """Takes the first rating of an answer.

    Its id is made of the answer, not of the tap, so that the mailbox takes one, whoever of two
    pages was first, and however often it is sent; once it was handled the state knows it.

    Raises:
        UnknownAnswerError: The conversation has no such answer, or it is too long ago.
        MailboxFullError: Too many messages of this conversation wait.
    """
    answers = f"{conversation}/{rated.id}"
    state = await services.timeline.conversation(f"{CHANNEL}:{conversation}")
    given = state.answer_to(answers, rated.article) if state is not None else None
    if given is None:
        raise UnknownAnswerError(
            "This conversation has no such answer, or it is too long ago to rate."
        )
    if given.rated:
        return Accepted.DUPLICATE
    named = hashlib.sha256(f"{rated.id} {rated.article}".encode()).hexdigest()[:_ID_LENGTH]
    said = Rate(answers=answers, article=rated.article, solved=rated.solved)
    return await accept(services, inbound(services, conversation, f"rated:{named}", said))
