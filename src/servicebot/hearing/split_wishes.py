"""A message -> the clauses that may each be a wish of its own."""

import re
from typing import Final

MOST_CLAUSES: Final = 6  # more are a story, not a list of wishes

_JOINING: Final = "然后|还有|另外|顺便|顺带|以及|同时|并且|而且|对了"
_AGAIN: Final = "再(?=查|看|问|说|告诉|帮|给|把)"
_ENGLISH: Final = "and|also|then|plus"
_BEGINS: Final = (
    "what|how|when|where|which|who|why|is|are|do|does|can|could|will|would|tell|show|check|give"
    "|get|send|block|freeze|report|i|my|the|also|then|please|plus"
)
_BORDER: Final = re.compile(
    r"(?:(?<!\d)[,.]|[,.](?!\d)|[;!\n])+"
    r"|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
    rf"|(?=(?:{_JOINING}|{_AGAIN}))"
    rf"|\s+(?=(?:also|then|plus)\b)|\s+(?=and (?:{_BEGINS})\b)"
)
_LEAD: Final = re.compile(
    rf"^(?:[\s,]|{_JOINING}|{_AGAIN}|(?:{_ENGLISH})\b|(?:先|想)?(?:请)?问(?:一?下)(?!子))+"
)


def split_wishes(text: str) -> tuple[str, ...]:
    """The clauses of a normalized text without the words that join them.

    Empty where there are not at least two, or too many to be a list of wishes. A border says
    nothing about the meaning: whether the clauses are wishes is decided when they are understood.
    """
    marked = text.replace("?", "?\n")
    clauses = tuple(
        clause
        for piece in _BORDER.split(marked)
        if len(clause := _LEAD.sub("", piece or "").strip()) > 1
    )
    return clauses if 1 < len(clauses) <= MOST_CLAUSES else ()
