"""What became of customers' questions day by day, over HTTP."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from servicebot.web.answer import answer
from servicebot.web.studio_drafts import studio_of

_MOST_TURNS: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTold:
    """The questions of one day, in the bank's zone, about one line; `line` is empty for none."""

    day: str
    line: str
    answered: int
    asked_back: int
    handed_over: int
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """All days with questions, oldest first."""

    days: tuple[DayTold, ...]


async def show_days(request: web.Request) -> web.Response:
    """How many questions of each day were answered, asked back, handed over, not understood."""
    found = await studio_of(request).days.days(_MOST_TURNS)
    told = (
        DayTold(
            day=one.day.isoformat(),
            line=one.line,
            answered=one.answered,
            asked_back=one.asked_back,
            handed_over=one.handed_over,
            unanswered=one.unanswered,
        )
        for one in found
    )
    return answer(Days(days=tuple(told)))
