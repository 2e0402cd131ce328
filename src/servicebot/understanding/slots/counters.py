"""The words behind a number that make it a count of something, and no amount of money."""

import re
from typing import Final

_FEW: Final = r"(?:\d{1,3}|[一二两三四五六七八九十廿卅几]{1,3})"
# What follows an amount as a word of its own is no counter: 500月底还, 500周五还, 500分两次还.
_HAN: Final = (
    "天|日|号|年(?![底初前后])|月(?![底末初中])|期|个|次|笔|张|条|岁|点|小时|人|家(?![里人])|楼|遍|位|秒|倍"
    "|(?:周|星期|礼拜)(?![一二三四五六日天末])|种|项|套|辆|台|公里|字|轮|段|层|级|回(?![头来去])|件|米|斤|克"
    "|股|版|题|页|季度|句|那张|这张|结尾|的卡|的那张|的银行卡|个点"
    "|折|成(?![不吗么呗吧])"
    rf"|分(?!(?:成|做|为)?{_FEW}(?:期|个月|次|笔|批|天)|[期开批别给配])"
    "|(?<=一)(?:样|起|下|会|些|边|直|定|般|旦|共|切|致|时|刻|番|行|道|口|部)"
)
_LATIN: Final = (
    "days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|secs?|times?|loans?|cards?"
    "|draws?|am|pm|st|nd|rd|th|instal[a-z]*|payments?|digits?|people|persons?|cars?|trucks?"
    "|of (?:them|my|the)|accounts?|business|working|things?|questions?|o'clock|applications?"
    "|companies|partners?|banks?|monthly|quarters?|calls?|messages?|customers?|items?|km|kg"
    "|percent|per cent|pct"
)
# 3q, 24h and 2x are words; 500or1000 is not.
COUNTED: Final = (
    rf" ?(?:{_HAN}|%|‰|:\d|/\d{{1,2}}(?!\d)|\.\d|(?:{_LATIN})(?![a-z]))"
    r"|(?<=\d)(?!ish|or|and|to|qq)[a-z]"
)
_COUNTED: Final = re.compile(COUNTED)
_NEXT_WORD: Final = re.compile(
    "天|年(?![底初前])|个|期|次|(?:周|星期|礼拜)(?![一二三四五六日天末])|季度|笔"
    "|(?<=一)(?:起|共|直|般|样|定|下|会|边|些|切)"
)


def is_counted(text: str, end: int) -> bool:
    """Whether the number that ends at `end` counts something: 5天, 12期, `3 loans`, 3:50, 3q."""
    return _COUNTED.match(text, end) is not None


def begins_word(text: str, end: int) -> bool:
    """Whether the digit that ends at `end` may begin the next word: 一万|一年, 一万|一起."""
    return _NEXT_WORD.match(text, end) is not None
