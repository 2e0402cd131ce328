"""What the studio refuses, as an answer: with a code and what it is about, for pages of any language."""

from typing import Final

from aiohttp import web

from servicebot.domain.content_refusal import ContentRefusedError
from servicebot.web.answer import answer
from servicebot.web.answer_forms import ContentProblem

PROBLEM: Final = "application/problem+json"


def content_problem(status: int, error: ContentRefusedError) -> web.Response:
    """The answer; half a character may stand in a name."""
    detail = str(error).encode(errors="backslashreplace").decode()
    named = error.named.encode(errors="backslashreplace").decode()
    told = ContentProblem(status=status, detail=detail, reason=error.reason, named=named)
    return answer(told, status, content_type=PROBLEM)
