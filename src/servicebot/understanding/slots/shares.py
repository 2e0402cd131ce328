"""Shares of an amount: 百分之五十, 50%, 五成, 一半, 三分之一, `half of it`."""

import re
from itertools import islice
from typing import Final

from servicebot.domain.understanding import AmountDoubt
from servicebot.understanding.slots.chinese_numerals import ARABIC, HAN_DIGIT
from servicebot.understanding.slots.english_numbers import SMALL
from servicebot.understanding.slots.span import Span

_MOST: Final = 20
_REACH: Final = 16
_HAN: Final = (
    rf"(?:{ARABIC}|[十百]?{HAN_DIGIT}[十百点零一二两三四五六七八九]{{0,6}}|十{HAN_DIGIT}?|百)"
)
_SMALL: Final = rf"(?:{'|'.join(sorted(SMALL, key=len)[::-1])})"
_SHARE: Final = re.compile(
    rf"[百千万]分之{_HAN}(?:点{HAN_DIGIT}{{1,4}})?"
    rf"|{HAN_DIGIT}{{1,2}}分之{HAN_DIGIT}|\d{{1,2}}分之\d{{1,2}}"
    rf"|(?<![a-z\d.,])(?:{ARABIC}|{_SMALL}(?:[ -]{_SMALL})?) ?(?:percent|per cent|pct)(?![a-z])"
    rf"|(?<![\d.,])(?:{ARABIC}) ?[%‰]"
    rf"|(?<![\d第统合单])(?:\d|{HAN_DIGIT}{{1,2}})成(?:半|多)?(?![功本都为立交员长果绩熟了就人不天家年语品分色套])"
    r"|(?<![另大到装弄做])一半(?!天)|(?<!大)半数"
    r"|(?<![a-z])(?<!and )(?<!and a )(?<!second )(?<!first )(?<!in )half(?![a-z-])"
    r"(?! (?:an?|past|way|hour|year|month|day|price|time|million|thousand|hundred)(?![a-z]))"
    r"|(?<![a-z])(?:one|two|three|a) (?:third|quarter|fifth)s?(?= of|$|[.,!?]| please)",
)
# 100% sure, 百分之百: a way to say yes, and no share.
_WHOLE: Final = re.compile(r"(?:100|百|hundred)(?: ?(?:%|percent|per cent|pct))?$")
_RATE_BEFORE: Final = re.compile(
    r"(?:利率|利息|年化|日息|月息|费率|手续费|违约金|罚息|滞纳金|折扣|收益率?|概率|比例|税率?|涨了?|跌了?|降了?|升了?|费用?"
    r"|(?<![a-z])(?:rate|interest|apr|apy|fee|yield|penalty|tax|discount|return)s?)"
    r"(?:是|为|:|到|才|只有|有|超过|高达| of| is| at| was)* ?$"
)
_RATE_BEHIND: Final = re.compile(
    r" ?的?(?:利率|利息|年化|年利|日利|月利|手续费|费率|违约金|罚息|折扣|收益|概率|机会|税"
    r"|(?:a |per |annual |monthly |daily )*(?:interest|rate|apr|fee|discount|off|penalty|year|month|day)(?![a-z]))"
)


def find_shares(text: str) -> tuple[Span, ...]:
    """Finds shares in a normalized text; the rate of an interest or a fee is none."""
    return tuple(
        Span(
            start=match.start(),
            end=match.end(),
            value=0,
            certain=False,
            doubt=AmountDoubt.PERCENT,
        )
        for match in islice(_SHARE.finditer(text), _MOST)
        if not _WHOLE.search(match.group())
        and not _RATE_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
        and not _RATE_BEHIND.match(text, match.end())
    )
