"""Card tails: 尾号1234, 后四位是 1234, `card ending in 1234`, `*1234`."""

import re
from typing import Final

from servicebot.understanding.slots.span import Span

_TAIL: Final = re.compile(
    r"(?:(?:尾号|尾数|末四位|末4位|后四位|后4位|最后四位|最后4位)(?:是|为|的|:)? ?"
    r"|(?:ending|ends|end)(?: (?:in|with|on))? "
    r"|last (?:four|4)(?: digits| numbers)?(?: (?:is|are|of))?:? "
    r"|(?<![\w*])[*x]{1,12} ?"
    # As a card or a mobile number stands once it is masked: 我卡****1234还500, 138****1234.
    r"|(?<![\d*])\d{0,6}\*{2,12} ?)"
    r"(?P<before>\d{4})(?!\d)"
    r"|(?<![\d.,])(?P<behind>\d{4})(?= ?(?:结尾|那张卡|这张卡|的卡|的那张|的银行卡))",
)


def find_tails(text: str) -> tuple[Span, ...]:
    """Finds the last four digits of cards and accounts in a normalized text."""
    return tuple(
        Span(
            start=found.start(),
            end=found.end(),
            value=found.group("before") or found.group("behind"),
        )
        for found in _TAIL.finditer(text)
    )
