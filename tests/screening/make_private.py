"""Labelled items by the thousand: a private number in one of twelve spellings, or something harmless.

The numbers come from the oracles python-stdnum and phonenumbers, so that our own check digits are
not examined by themselves.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import phonenumbers
from stdnum import luhn
from stdnum.cn import ric, uscc

_CHINESE: Final = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_CAPITAL: Final = dict(zip("0123456789", "零壹贰叁肆伍陆柒捌玖", strict=True))
_RADIO: Final = dict(zip("0123456789", "〇幺二三四五六七八九", strict=True))
_WIDE: Final = {sign: chr(ord(sign) + 0xFEE0) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_PROVINCES: Final = ("110105", "310104", "440305", "510107", "330106", "420111", "610113", "230102")
_AREAS: Final = ("010", "021", "0755", "0571", "020", "028", "0871")
_LETTERS: Final = "ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Item:
    """A text, and what in it is private; nothing where it is harmless.

    Attributes:
        kind: Of the number, or `harmless`.
        spelling: How it is written.
        text: What somebody types.
        value: The private part as it is typed.
    """

    kind: str
    spelling: str
    text: str
    value: str


def _grouped(number: str, sign: str, sizes: tuple[int, ...]) -> str:
    parts, last = [], 0
    for size in sizes:
        parts.append(number[last : last + size])
        last += size
    parts.append(number[last:])
    return sign.join(part for part in parts if part)


def _written(table: dict[str, str]) -> Callable[[str, tuple[int, ...]], str]:
    return lambda number, _: "".join(table.get(sign, sign) for sign in number)


def _parted(sign: str) -> Callable[[str, tuple[int, ...]], str]:
    return lambda number, sizes: _grouped(number, sign, sizes)


SPELLINGS: Final[dict[str, Callable[[str, tuple[int, ...]], str]]] = {
    "plain": lambda number, _: number,
    "blank": _parted(" "),
    "two blanks": _parted("  "),
    "no-break blank": _parted("\u00a0"),
    "wide blank": _parted("\u3000"),
    "hyphen": _parted("-"),
    "dash": _parted("–"),
    "dot": _parted("."),
    "line break": _parted("\n"),
    "zero width": _parted("\u200b"),
    "full width": _written(_WIDE),
    "numerals": _written(_CHINESE),
}
_MORE_NUMERALS: Final = (_CHINESE, _CAPITAL, _RADIO)
_NO_NUMERALS: Final = frozenset({"mail", "passport", "company", "code", "password"})


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


def _card(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    first, count = dice.choice((("62", 19), ("62", 16), ("4", 16), ("5", 16), ("62", 19)))
    body = first + _digits(dice, count - len(first) - 1)
    return body + luhn.calc_check_digit(body), dice.choice(((4, 4, 4, 4), (6, 4, 4, 4), (8, 8)))


def _identity(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    day = f"{dice.randint(1940, 2010)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    number = dice.choice(_PROVINCES) + day + _digits(dice, 3)
    number += ric.calc_check_digit(number)
    if not ric.is_valid(number):
        return _identity(dice)
    if dice.random() < 0.1:
        return number[:6] + number[8:17], (6, 6)
    if dice.random() < 0.1:
        return number[:-1] + dice.choice("0123456789"), (6, 8)
    return number, dice.choice(((6, 8), (3, 3, 4, 4), (6, 4, 4)))


def _mobile(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    while True:
        number = "1" + dice.choice("3456789") + _digits(dice, 9)
        if phonenumbers.is_valid_number(phonenumbers.parse("+86" + number.removeprefix("0"))):
            return number, dice.choice(((3, 4), (4, 4), (3, 3), (6,), (5,)))


def _landline(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    while True:
        area = dice.choice(_AREAS)
        number = area + dice.choice("2345678") + _digits(dice, 7)
        if phonenumbers.is_valid_number(phonenumbers.parse("+86" + number.removeprefix("0"))):
            return number, dice.choice(((len(area),), (len(area), 4)))


def _company(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    code = "91" + dice.choice(_PROVINCES) + "MA" + _digits(dice, 3)
    code += dice.choice(_LETTERS) + _digits(dice, 3)
    return code + uscc.calc_check_digit(code), (2, 6, 9)


def _passport(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    return dice.choice("EG") + _digits(dice, 8), (1, 4)


def _mail(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    name = "".join(dice.choice("abcdefgh.") for _ in range(6)).strip(".") + _digits(dice, 2)
    return f"{name}@{dice.choice(('qq.com', '163.com', 'bank.example', 'a-b.com.cn'))}", ()


def _code(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    return _digits(dice, dice.choice((4, 6, 6, 8))), (3,)


def _password(dice: random.Random) -> tuple[str, tuple[int, ...]]:
    word = "".join(dice.choice("abcdefgXYZ") for _ in range(dice.randint(4, 8)))
    return word + dice.choice("@_#") + _digits(dice, 3), ()


_KINDS: Final[dict[str, Callable[[random.Random], tuple[str, tuple[int, ...]]]]] = {
    "card": _card,
    "identity": _identity,
    "mobile": _mobile,
    "landline": _landline,
    "company": _company,
    "passport": _passport,
    "mail": _mail,
    "code": _code,
    "password": _password,
}
_AROUND: Final[dict[str, tuple[str, ...]]] = {
    "card": (
        "{}",
        "卡号{}",
        "我的卡是 {}，查一下余额",
        "转到{}",
        "my card {} please",
        "銀行卡號：{}。",
    ),
    "identity": ("{}", "身份证{}", "身份證號碼是{}，", "ID number {}", "证件号 {} 对吗"),
    "mobile": ("{}", "手机{}", "我的电话是{}。", "call me on {}", "電話：{}，谢谢", "打{}找我"),
    "landline": ("座机{}", "公司電話 {}", "{}", "phone {} please"),
    "company": ("统一社会信用代码{}", "税号 {}", "{}", "company code {}"),
    "passport": ("护照{}", "護照號 {}", "passport {}", "{}"),
    "mail": ("邮箱{}", "發到{}。", "mail {} 谢谢", "{}"),
    "code": (
        *(
            "验证码{}",
            "验证码是{}",
            "短信验证码：{}。",
            "驗證碼為{}",
            "{}是我的验证码",
            "我的PIN是{}",
        ),
        *("my code is {}", "{} is my verification code", "otp: {}", "取款密码 {}", "動態碼 {}，"),
        *("收到的验证码是{}吗", "the code I got is {}"),
    ),
    "password": ("密码是{}", "登录密码 {}", "我的密碼：{}", "my password is {}", "password: {}"),
}


def private_items(seed: int, count: int) -> Iterator[Item]:
    """`count` items, every kind in every spelling that it can have."""
    dice = random.Random(seed)
    pairs = [(kind, name) for kind in _KINDS for name in SPELLINGS if _can(kind, name)]
    for number in range(count):
        kind, spelling = pairs[number % len(pairs)]
        plain, sizes = _KINDS[kind](dice)
        written = SPELLINGS[spelling](plain, sizes)
        if spelling == "numerals":
            written = _written(dice.choice(_MORE_NUMERALS))(plain, sizes)
        around = dice.choice(_AROUND[kind])
        yield Item(kind, spelling, around.format(written), written)


def _can(kind: str, spelling: str) -> bool:
    if spelling == "numerals":
        return kind not in _NO_NUMERALS
    if kind in {"mail", "password"}:
        return spelling in {"plain", "full width"} and (kind, spelling) != (
            "password",
            "full width",
        )
    return kind not in {"code", "passport", "company"} or spelling not in {"line break", "dash"}


_HARMLESS: Final[tuple[Callable[[random.Random], str], ...]] = (
    lambda d: f"还款{d.randint(1, 999) * 100}元",
    lambda d: f"还{d.randint(1000, 999999)}",
    lambda d: str(d.randint(100, 9_999_999)),
    lambda d: f"余额{d.randint(10**9, 10**14)}元",
    lambda d: f"{d.randint(1, 99) * 1000} {d.randint(1, 99) * 1000} {d.randint(1, 99) * 1000}元",
    lambda d: (
        f"{d.randint(1, 999)},{d.randint(0, 999):03},{d.randint(0, 999):03}.{d.randint(0, 99):02}"
    ),
    lambda d: f"查{_day(d, '-')} {_day(d, '-')}的流水",
    lambda d: f"{_day(d, '')}-{_day(d, '')}",
    lambda d: f"{_day(d, '/')}到{_day(d, '/')}",
    lambda d: f"{_day(d, '.')} {d.randint(0, 23):02}:{d.randint(0, 59):02}:{d.randint(0, 59):02}",
    lambda d: f"尾号{_digits(d, 4)}的卡",
    lambda d: f"card ending {_digits(d, 4)}",
    lambda d: f"订单号{_day(d, '')}{_digits(d, d.randint(6, 10))}",
    lambda d: f"流水号 9{_digits(d, d.randint(10, 13))}",
    lambda d: f"order number 1{_digits(d, d.choice((9, 11, 12)))}",
    lambda d: f"分{d.choice((3, 6, 12, 24))}期，利率{d.randint(3, 24)}.{d.randint(0, 9)}%",
    lambda d: f"借{d.randint(1, 30)}万用{d.randint(1, 360)}天",
    lambda d: f"验证码{d.randint(1, 30)}分钟没收到",
    lambda d: f"密码输错{d.randint(3, 6)}次",
    lambda d: f"忘记密码怎么还{d.randint(1000, 99999)}元",
    lambda d: f"第{d.randint(1, 9)}笔还{d.randint(1, 9)}{d.choice(('百', '千', '万'))}",
    lambda d: f"error code {d.randint(1000, 99999)}",
)


def _day(dice: random.Random, sign: str) -> str:
    parts = (
        f"{dice.randint(2020, 2027)}",
        f"{dice.randint(1, 12):02}",
        f"{dice.randint(1, 28):02}",
    )
    return sign.join(parts)


def harmless_items(seed: int, count: int) -> Iterator[Item]:
    """`count` texts that hold nothing private."""
    dice = random.Random(seed)
    for number in range(count):
        yield Item("harmless", "plain", _HARMLESS[number % len(_HARMLESS)](dice), "")
