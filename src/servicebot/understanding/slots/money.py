"""Amounts of money in both languages, exact to the fen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Final

from servicebot.understanding.slots.chinese_numerals import NUMBER, parse_number
from servicebot.understanding.slots.english_numbers import NUMBER_WORDS, parse_words
from servicebot.understanding.slots.span import Span

_FEN_PER_YUAN: Final = 100
_MOST_FEN: Final = 10**15
_LONGEST_DIGITS: Final = 9
# Nobody names more amounts in one message; a pasted list is not a wish.
_MOST_NUMBERS: Final = 20

_MARK_BEFORE: Final = re.compile(
    r"(?:[¥$￥]|(?<![a-z])(?:rmb|cny|usd)|人民币|金额(?:是|为|:)?) ?-?$"
)
_SPEND_BEFORE: Final = re.compile(
    r"(?:借|还|转|取|存|贷|付|扣|充|提|欠|还款|借款|转账|提现|本金|额度|repay|pay|borrow|transfer"
    r"|withdraw|deposit|send|owe|amount|need|want|draw|take)"
    r"(?:了|我|款|出|入|给你们?|他|她|掉|个|off|back|out| of| is|:|大概|大约|about)? ?$",
)
_NOT_MONEY_BEFORE: Final = re.compile(
    r"(?:第|#|尾号|编号|订单号?|电话|手机号?|号码|错误码?|代码|验证码|余|年|月|/|:|版本"
    r"|\bno\.?|\bnumber|\bcode|\berror|\bstep|\boption|\blevel|\bversion|\bage|\bline)(?:是|为|:)? ?$",
)
_CURRENCY: Final = re.compile(
    r" ?(?:(?P<yuan>块钱|块|元|圆|人民币|rmb\b|cny\b|yuan\b|kuai\b|dollars?\b|usd\b|bucks?\b)"
    r"|(?P<jiao>毛钱|毛|角|jiao\b)|(?P<fen>分钱|fen\b|cents?\b))",
)
_SMALL_CHANGE: Final = re.compile(
    r"(?P<jiao>[\d零一二两三四五六七八九])(?:(?:毛|角)(?:(?P<fen>[\d零一二两三四五六七八九])分?)?|(?P<bare>(?![\d.零一二两三四五六七八九十百千万%个天期年月次笔])))"
    r"|(?P<only_fen>[\d零一二两三四五六七八九])分|(?P<half>半)",
)
_COUNTED: Final = re.compile(
    r" ?(?:天|日|号|年|月|期|个|次|笔|张|条|岁|点|分|小时|人|家|楼|遍|位|秒|倍|折|星期|周|成|种|项|套|辆|台"
    r"|公里|字|轮|段|层|行|样|起|下|会|些|边|直|定|般|样|旦|共|切|致|时|刻|句|番|%|‰|层|级|g\b|:\d|/\d"
    r"|(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|times?|loans?|cards?|draws?"
    r"|percent|pct|am|pm|st|nd|rd|th|instal\w*|payments?|digits?|people|persons?|cars?|trucks?"
    r"|of (?:them|my|the)|accounts?|business|working|things?|questions?|o'clock|applications?"
    r"|companies|partners?|banks?)\b)",
)
_APPROXIMATE: Final = re.compile(r" ?(?:多|来|几|左右|上下|出头|or so|ish)")
_BIG_UNIT: Final = frozenset("千仟万亿kw")
_FEN_BEHIND_JIAO: Final = re.compile(r"([\d一二两三四五六七八九])分")

_Parser = Callable[[str], Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A number with the currency word behind it."""

    number: Fraction
    currency: re.Match[str] | None
    certain: bool

    def fen(self) -> Fraction:
        """The amount in fen, which may not be whole."""
        if self.currency is None or self.currency.group("yuan"):
            return self.number * _FEN_PER_YUAN
        return self.number * (_FEN_PER_YUAN // 10) if self.currency.group("jiao") else self.number


def find_money(text: str, *, bare: bool = True) -> tuple[Span, ...]:
    """Finds amounts; the value is in fen.

    A number with a currency, a scale (万, k) or a verb of money before it is certain. Any other
    number is found only with `bare`, and marked as not certain.
    """
    numbers = islice(NUMBER.finditer(text), _MOST_NUMBERS)
    found = [_read(text, match, parse_number) for match in numbers]
    worded = islice(NUMBER_WORDS.finditer(text), _MOST_NUMBERS)
    words = [_read(text, match, parse_words) for match in worded]
    spans = [span for span in words + found if span is not None and (bare or span.certain)]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return tuple(chosen)


def _read(text: str, match: re.Match[str], parse: _Parser) -> Span | None:
    spelled = match.group().strip(" -")
    start = match.start() + match.group().index(spelled)
    end = start + len(spelled)
    before = text[max(0, start - 16) : start]
    marked = _MARK_BEFORE.search(before)
    currency = _CURRENCY.match(text, end)
    if _NOT_MONEY_BEFORE.search(before) and not (marked or currency):
        return None
    if not (marked or currency) and _COUNTED.match(text, end):
        return None
    amount = parse(spelled)
    if amount is None or not _looks_like_money(spelled, sure=bool(marked or currency)):
        return None
    certain = bool(marked or currency) or _certain(text, spelled, before, end)
    first = start if marked is None else start - len(before) + marked.start()
    return _span(text, first, end, _Amount(number=amount, currency=currency, certain=certain))


def _looks_like_money(spelled: str, *, sure: bool) -> bool:
    """Long digit rows are numbers of cards and phones; one lone numeral is a word (一下, 三)."""
    digits = sum(sign.isdigit() for sign in spelled)
    if digits > _LONGEST_DIGITS and "," not in spelled:
        return False
    lone = len(spelled) == 1 and not spelled.isascii()
    return sure or not (lone or spelled in {"one", "zero", "k", "m", "million", "hundred"})


def _certain(text: str, spelled: str, before: str, end: int) -> bool:
    if _APPROXIMATE.match(text, end):
        return False
    scaled = len(spelled) > 1 and any(sign in _BIG_UNIT for sign in spelled)
    worded = any(word in spelled for word in ("thousand", "hundred", "million", "grand"))
    return scaled or worded or _SPEND_BEFORE.search(before) is not None


def _span(text: str, start: int, end: int, amount: _Amount) -> Span | None:
    fen, behind = amount.fen(), end
    if amount.currency is not None:
        extra, behind = _behind_currency(text, amount.currency)
        fen += extra
    if fen.denominator != 1 or fen >= _MOST_FEN:
        return None
    return Span(start=start, end=behind, value=int(fen), certain=amount.certain)


def _behind_currency(text: str, currency: re.Match[str]) -> tuple[int, int]:
    """The fen that follow the currency word (三块五, 五毛三分) and the place behind them."""
    end = currency.end()
    if currency.group("yuan") in {"块", "元", "圆"}:
        change = _SMALL_CHANGE.match(text, end)
        return (_change(change), change.end()) if change else (0, end)
    if currency.group("jiao") in {"毛", "角"}:
        change = _FEN_BEHIND_JIAO.match(text, end)
        return (_digit(change.group(1)), change.end()) if change else (0, end)
    return 0, end


def _change(match: re.Match[str]) -> int:
    """The fen behind 块 or 元: 三块五 = 50, 三元二角五分 = 25, 两块半 = 50."""
    if match.group("half"):
        return 50
    if match.group("only_fen"):
        return _digit(match.group("only_fen"))
    fen = match.group("fen")
    return _digit(match.group("jiao")) * 10 + (_digit(fen) if fen else 0)


def _digit(sign: str) -> int:
    number = parse_number(sign)
    return 0 if number is None else int(number)
