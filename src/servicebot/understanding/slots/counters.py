"""The words behind a number that make it a count of something, and no amount of money."""

import re
from typing import Final

COUNTED: Final = (
    r" ?(?:天|日|号|年|月|期|个|次|笔|张|条|岁|点|小时|人|家|楼|遍|位|秒|倍|星期|周|种|项|套|辆|台"
    r"|分(?!(?:成)?(?:\d{1,3}|[一二两三四五六七八九十廿卅]{1,3})(?:期|个月)|期)"
    r"|公里|字|轮|段|层|行|样|起|下|会|些|边|直|定|般|旦|共|切|致|时|刻|句|番|级|季度|礼拜|半年|回|岁|口|部"
    r"|件|本|只|米|斤|克|度|股|版|道|题|页|集|章|那张|这张|结尾|的卡|的那张|的银行卡"
    r"|%|‰|成|折|个点|:\d|/\d|\.\d|(?!ish)[a-z](?<! .)"
    r"|(?:days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|secs?|times?|loans?"
    r"|cards?|draws?|am|pm|st|nd|rd|th|instal\w*|payments?|digits?|people|persons?|cars?|trucks?"
    r"|of (?:them|my|the)|accounts?|business|working|things?|questions?|o'clock|applications?"
    r"|percent|per cent|pct|companies|partners?|banks?|monthly|quarters?|calls?|messages?|customers?|items?|km|kg)"
    r"(?![a-z]))"
)
_COUNTED: Final = re.compile(COUNTED)


def is_counted(text: str, end: int) -> bool:
    """Whether the number that ends at `end` counts something: 5天, 12期, `3 loans`, 3:50, 3q."""
    return _COUNTED.match(text, end) is not None
