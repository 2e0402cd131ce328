"""Marks around an amount: all of it, what is due, half, both, of the past, one or the other."""

import re
from typing import Final

from servicebot.domain.heard import Heard

_THE_WHOLE: Final = re.compile(
    r"全部|全还|全都|还清|结清|一次性|一次还|都还|还完|所有|"
    r"\b(?:all|everything|full|fully|whole|entire|pay (?:it )?off|settle)\b",
    re.IGNORECASE,
)
_DUE_NAME: Final = r"(?:今天|今日|本月|这个?月|现在)?(?:本期|这期|当期|这一期|到期|应还|该还|要还)"
_WHAT_IS_DUE: Final = re.compile(
    rf"^(?:那?就?先?)?{_DUE_NAME}(?:的|款|账单|金额)*$"
    rf"|(?:还|付|交)(?:掉|清|上)?{_DUE_NAME}(?:的|款|账单|金额)*$"
    rf"|(?:把|只|就|先){_DUE_NAME}的?(?:款|账单|金额|部分|那部分|那期)?(?:都|先|给)?(?:还|付|交)(?:了|掉|上|吧)*$"
    r"|^(?:just |only |please |repay |pay |the |for )*"
    r"(?:what(?:'s| is) due|(?:amount )?due(?: amount| now| today)?|amount that is due|current bill"
    r"|current instal\w+|this month'?s? (?:bill|payment|instal\w+))(?: now| today)?[.!]?$",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"一半|对半|半数|\bhalf\b", re.IGNORECASE)
_BOTH: Final = re.compile(
    r"(?:两|二|三|几|全部|所有|每)(?:笔|个)(?:贷款)?(?:都|一起|全)|(?:全部|所有)的?贷款|(?:一起|同时)还"
    r"|\bboth\b|\ball (?:of )?(?:my |the )?loans\b",
    re.IGNORECASE,
)
_IN_THE_PAST: Final = re.compile(
    r"(?:还|付|交|扣|转)(?:了|过)|已经(?:还|付|交|扣)"
    r"|\b(?:paid|repaid|already|was charged|last (?:month|week|year))\b",
    re.IGNORECASE,
)
_EITHER_OR: Final = re.compile(r"还是|或者?|\bor\b", re.IGNORECASE)
_NO_YUAN: Final = re.compile(
    r"\d ?%|百分之|美元|美金|港币|港元|欧元|日元|英镑|[$€£]|(?:^|[^\d-])- ?\d|负(?:\d|[一二三四五六七八九十百千万])"
    r"|\b(?:dollars?|usd|euros?|eur|pounds?|hkd|percent|per cent|minus)\b",
    re.IGNORECASE,
)


def the_whole(heard: Heard) -> bool:
    """Whether the words mean all that is owed."""
    return _THE_WHOLE.search(heard.whole.text) is not None


def what_is_due(heard: Heard) -> bool:
    """Whether the words mean what is due now, and nothing else."""
    return _WHAT_IS_DUE.search(heard.whole.text) is not None


def half(heard: Heard) -> bool:
    """Whether the words mean a share instead of a sum."""
    return _HALF.search(heard.whole.text) is not None


def both(heard: Heard) -> bool:
    """Whether the words mean several things at once."""
    return _BOTH.search(heard.whole.text) is not None


def in_the_past(heard: Heard) -> bool:
    """Whether the words tell what has happened."""
    return _IN_THE_PAST.search(heard.whole.text) is not None


def either_or(heard: Heard) -> bool:
    """Whether the words leave open which of two is meant."""
    return _EITHER_OR.search(heard.whole.text) is not None


def no_yuan(heard: Heard) -> bool:
    """Whether a number is a share, another currency or below zero."""
    return _NO_YUAN.search(heard.whole.text) is not None
