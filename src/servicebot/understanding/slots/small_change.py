"""The small change behind a currency word: 三块五, 1200块50, 1200元5分, 五毛五, `six yuan fifty`."""

import re
from typing import Final

from servicebot.understanding.slots.chinese_numerals import HAN_DIGIT, parse_number
from servicebot.understanding.slots.counters import COUNTED
from servicebot.understanding.slots.english_numbers import SMALL, parse_words

_FEN_PER_JIAO: Final = 10
_HALF_A_YUAN: Final = 50

_DIGIT: Final = rf"(?:\d|{HAN_DIGIT})"
_END: Final = rf"(?![\d.%‰元圆块角毛kw十拾百佰千仟万亿-]|{HAN_DIGIT}|成|到|至|(?:{COUNTED}))(?! ?(?:yuan|kuai))"
# 1000块一分没有 says that nothing is left, not that there is one fen more.
_FEN: Final = "分(?!钱?[之钟不没都也])钱?"

_HAN: Final = re.compile(
    rf" ?[零又]?(?P<jiao>{_DIGIT})(?:毛钱?|角)(?:零?(?P<fen>{_DIGIT})(?:{_FEN}|{_END}))?"
    rf"| ?[零又]?(?P<only_fen>\d{{1,2}}|[一二三四五六七八九]?十{_DIGIT}?|{_DIGIT}){_FEN}"
    rf"|(?P<two>{_DIGIT}{_DIGIT}){_END}|(?P<one>{_DIGIT}){_END}|(?P<half>半)(?![年个天月])"
)
_FEN_BEHIND_JIAO: Final = re.compile(rf" ?零?(?P<fen>{_DIGIT})(?:{_FEN}|{_END})")
_SMALL: Final = "|".join(sorted(SMALL, key=len)[::-1])
_FEW: Final = rf"(?:\d{{1,2}}|(?:{_SMALL})(?:[ -](?:{_SMALL}))?)"
_WORDED_JIAO: Final = rf"(?: and)? (?P<jiao>{_FEW}) (?:jiao|mao)(?![a-z])"
_WORDED_FEN: Final = rf"(?: and)? (?P<fen>{_FEW}) (?:fen|cents?)(?![a-z])"
_ENGLISH: Final = re.compile(
    rf",?{_WORDED_JIAO}(?:{_WORDED_FEN})?|,?{_WORDED_FEN.replace('<fen>', '<only_fen>')}"
    rf"| (?P<bare>{_FEW})(?![\w.,:/%-]*\w)(?!(?:{COUNTED}))"
    r"(?! (?:yuan|kuai|rmb|cny|hundred|thousand|k|more|or|to|and)(?![a-z]))",
)


def change_behind_yuan(text: str, end: int) -> tuple[int, int]:
    """The fen behind a 块, 元 or `yuan` that ends at `end`, and where they end.

    Two digits are jiao and fen (1200块50 = 50 fen), one is jiao (三块五 = 50 fen). What is counted
    (500块3个月) is no change.
    """
    match = _HAN.match(text, end)
    if match is None:
        return _english_change(text, end)
    if match.group("half"):
        return _HALF_A_YUAN, match.end()
    if match.group("only_fen"):
        return _number(match.group("only_fen")), match.end()
    if match.group("two"):
        two = match.group("two")
        return _jiao_and_fen(two[0], two[1]), match.end()
    return _jiao_and_fen(match.group("jiao") or match.group("one"), match.group("fen")), match.end()


def change_behind_jiao(text: str, end: int) -> tuple[int, int]:
    """The fen behind a 角 or 毛 that ends at `end`, and where they end: 五毛五 = 5."""
    match = _FEN_BEHIND_JIAO.match(text, end)
    if match:
        return _number(match.group("fen")), match.end()
    worded = _ENGLISH.match(text, end)
    if worded and worded.group("only_fen"):
        return _number(worded.group("only_fen")), worded.end()
    return 0, end


def _english_change(text: str, end: int) -> tuple[int, int]:
    match = _ENGLISH.match(text, end)
    if match is None:
        return 0, end
    bare = match.group("bare")
    if bare:
        number = _number(bare)
        jiao = number < _FEN_PER_JIAO and not bare.startswith("0")
        return number * (_FEN_PER_JIAO if jiao else 1), match.end()
    return _jiao_and_fen(
        match.group("jiao"), match.group("fen") or match.group("only_fen")
    ), match.end()


def _jiao_and_fen(jiao: str | None, fen: str | None) -> int:
    return (_number(jiao) if jiao else 0) * _FEN_PER_JIAO + (_number(fen) if fen else 0)


def _number(spelled: str) -> int:
    number = parse_number(spelled) if not spelled[0].islower() else parse_words(spelled)
    return 0 if number is None else int(number)
