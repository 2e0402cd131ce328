"""Amounts that name no figure: 几百, 十几万, 上千块, 2、3百, `a couple of hundred`, `a few k`."""

import re
from itertools import islice
from typing import Final

from servicebot.domain.understanding import AmountDoubt
from servicebot.understanding.slots.span import Span

_MOST: Final = 20
_YUAN: Final = "(?:多?(?:块钱|块|元))?"
_SCALE: Final = r"(?:hundred|thousand|grand|k|million)s?(?![a-z])"
_VAGUE: Final = re.compile(
    # 二十几万 and 3千多万 have their figure in front.
    rf"(?<![\d.,第])(?:\d{{1,4}}[十百千]?|[一二两三四五六七八九十百千]{{1,6}})(?:多|几|来)[十百千万亿]+{_YUAN}"
    rf"|(?<!第)好?几[十百千万亿]+{_YUAN}|(?<![第一二三四五六七八九百千万零])十几(?:块钱|块|元)"
    r"|(?:上|数|好几|成|近)[百千万]{1,2}(?:块钱|块|元)"
    rf"|(?<![\d.,])[1-9],[1-9](?:[百千万]|[kw](?![a-z])){_YUAN}"
    rf"|[一二三四五六七八九两],[二三四五六七八九][百千万]{_YUAN}"
    rf"|(?<![a-z])(?:(?:a|some) )?(?:couple|few|several|some)(?: of)? {_SCALE}"
    rf"|(?<![a-z])(?:a|one) (?:hundred|thousand|grand|million) or two(?![a-z])"
    r"|(?<![a-z])(?:tens of thousands|hundreds|thousands) of (?:yuan|rmb|kuai)(?![a-z])",
)


def find_vague_amounts(text: str) -> tuple[Span, ...]:
    """Finds amounts without a figure in a normalized text."""
    return tuple(
        Span(start=match.start(), end=match.end(), value=0, certain=False, doubt=AmountDoubt.RANGE)
        for match in islice(_VAGUE.finditer(text), _MOST)
    )
