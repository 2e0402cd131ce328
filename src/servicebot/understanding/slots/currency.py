"""Currency words and signs around a number: 块, 元, 角, `yuan`, ¥, and those of other countries."""

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from servicebot.understanding.slots.small_change import change_behind_jiao, change_behind_yuan

_FEN_PER_YUAN: Final = 100
_FEN_PER_JIAO: Final = 10

_FOREIGN_HAN: Final = (
    "美元|美金|美刀|(?<![一两几])刀(?!切)|欧元|欧|英镑|镑|日元|日圆|日币|円|港元|港币|港纸|港|澳门元|澳门币|葡币"
    "|新?台币|韩元|韩币|韩圆|澳元|澳币|加元|加币|新元|新币|新加坡元|瑞士法郎|法郎|卢布|泰铢|卢比|越南盾"
    "|马币|林吉特|令吉|比索|迪拉姆|外币|比特币"
)
_FOREIGN_LATIN: Final = (
    r"(?:us|u\.s\.|hk|hong kong|australian|canadian|singapore|american) ?dollars?|dollars?|usdt?"
    r"|hkd|euros?|eur|pounds?(?: sterling)?|gbp|jpy|(?:japanese )?yen|aud|cad|sgd|nzd|chf|krw|thb"
    r"|baht|rub|rubles?|inr|rupees?|twd|ntd|myr|ringgit|btc|bitcoins?"
)
_YUAN_LATIN: Final = r"(?:chinese )?yuan(?: renminbi)?|rmb|cny|renminbi|kuai|bucks?"
_MORE: Final = r"(?P<more>多|来|几)?"

_BEHIND: Final = re.compile(
    rf"{_MORE} ?(?:(?:(?:块钱?|元) ?)?(?P<foreign>{_FOREIGN_HAN}|(?:{_FOREIGN_LATIN})(?![a-z])|[$€£₩₹])"
    rf"|(?P<yuan>块钱|块|元钱|元|圆|人民币|软妹币|大洋|[¥￥]|(?:{_YUAN_LATIN})(?![a-z]))(?: ?(?:人民币|rmb(?![a-z])))?"
    r"|(?P<jiao>毛钱|毛(?!病)|角(?!度)|(?:jiao|mao)(?![a-z]))|(?P<fen>分钱|(?:fen|cents?)(?![a-z])))",
)
_SIGN: Final = re.compile(
    r"(?:(?P<foreign>(?:us|hk|nt|a|c|s)\$|[€£₩₹]|(?<![a-z])(?:usd|hkd|eur|gbp|jpy|aud|cad|sgd|twd|krw)"
    r"|美元|美金|港币|港元|欧元|英镑|日元|日币|台币|韩元|澳元|加元)"
    r"|(?P<dollar>\$)|(?P<yuan>[¥￥]|(?<![a-z])(?:rmb|cny)|人民币)) ?-?$",
)
_WHOLE: Final = re.compile(r" ?[整正](?![个体常好在式规确数笔月年天])")


class Unit(Enum):
    """What a number of money is counted in."""

    YUAN = "yuan"
    JIAO = "jiao"
    FEN = "fen"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """The currency word behind a number, with its small change.

    Attributes:
        unit: What the number counts.
        end: Index behind the last character that belongs to the amount.
        change_fen: What the change adds (三块五: 50).
        more: Whether it says "and some" in front of the word (500多块).
    """

    unit: Unit
    end: int
    change_fen: int = 0
    more: bool = False

    def fen(self, number: Fraction) -> Fraction:
        """The amount in fen, which may not be whole."""
        if self.unit is Unit.JIAO:
            return number * _FEN_PER_JIAO + self.change_fen
        return number * (1 if self.unit is Unit.FEN else _FEN_PER_YUAN) + self.change_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The currency sign or word in front of a number.

    Attributes:
        unit: What it says the number counts.
        start: Index of its first character in the text before the number.
        weak: Whether a currency word behind the number overrules it: $500元 is yuan.
    """

    unit: Unit
    start: int
    weak: bool = False


def currency_before(before: str) -> Sign | None:
    """The sign or word at the end of the text before a number; a minus may stand between."""
    match = _SIGN.search(before)
    if match is None:
        return None
    unit = Unit.YUAN if match.group("yuan") else Unit.FOREIGN
    return Sign(unit=unit, start=match.start(), weak=bool(match.group("dollar")))


def currency_behind(text: str, end: int, number: Fraction) -> Currency | None:
    """The currency word behind the number that ends at `end`; change only behind whole ones."""
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    unit = next(found for found in Unit if match.group(found.value))
    change, behind = 0, match.end()
    if number.denominator == 1 and not match.group("more"):
        change, behind = _change(text, behind, unit)
    whole = _WHOLE.match(text, behind)
    behind = whole.end() if whole else behind
    return Currency(unit=unit, end=behind, change_fen=change, more=bool(match.group("more")))


def _change(text: str, end: int, unit: Unit) -> tuple[int, int]:
    if unit is Unit.YUAN:
        return change_behind_yuan(text, end)
    return change_behind_jiao(text, end) if unit is Unit.JIAO else (0, end)
