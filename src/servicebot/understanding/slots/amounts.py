"""One number of a text as an amount of money, with what speaks for and against it."""

import re
from dataclasses import dataclass
from typing import Final

from servicebot.domain.understanding import AmountDoubt
from servicebot.understanding.slots.chinese_numerals import is_row
from servicebot.understanding.slots.counters import is_counted
from servicebot.understanding.slots.currency import (
    Currency,
    Sign,
    Unit,
    currency_before,
    currency_behind,
)
from servicebot.understanding.slots.figures import Figure
from servicebot.understanding.slots.money_marks import (
    REACH,
    has_instalments,
    is_code,
    is_guessed,
    is_spent,
    tells_which,
)

_MOST_FEN: Final = 10**15
_LONGEST_DIGITS: Final = 9
_LONGEST_WITH_CURRENCY: Final = 13
_LATEST_HOUR: Final = 24
_LONE_WORDS: Final = frozenset({"one", "zero", "million", "hundred", "thousand", "grand"})
_MINUS: Final = re.compile(
    r"(?:(?<![\da-z%元块角分毛])-|负|(?<![a-z])(?:minus|negative) )(?=[¥￥$]? ?$)"
)
_TOGETHER: Final = re.compile("块(?=[还去儿来办算交付给弄结取看想用])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number that may be money.

    Attributes:
        figure: The number.
        start: Index of its first character, a sign included.
        end: Index behind its last one, the currency and the change included.
        fen: What it comes to in fen; zero where it is no amount of yuan.
        named: Whether a currency stands at it.
        certain: Whether something marks it as money and nothing makes it doubtful.
        doubt: Why it is no exact amount, as far as it stands alone.
    """

    figure: Figure
    start: int
    end: int
    fen: int
    named: bool
    certain: bool
    doubt: AmountDoubt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A number with what stands before and behind it."""

    text: str
    figure: Figure
    before: str
    sign: Sign | None
    behind: Currency | None

    @property
    def named(self) -> bool:
        return self.sign is not None or self.behind is not None


def read_amount(text: str, figure: Figure) -> Amount | None:
    """Reads one number; None where it counts something else, is a code or is no whole fen."""
    before = text[max(0, figure.start - REACH) : figure.start]
    place = _Place(
        text=text,
        figure=figure,
        before=before,
        sign=currency_before(before),
        behind=currency_behind(text, figure.end, figure.value),
    )
    if not (place.named or _may_be_bare(place)) or not _looks_like_money(place):
        return None
    return None if _is_fraction(place) else _amount(place)


def _is_fraction(place: _Place) -> bool:
    """Whether the number is what stands behind a point: 还.5 is no 5."""
    before = place.before[:-1]
    pointed = place.before.endswith(".") and len(place.figure.spelled) <= len("50")
    return pointed and (is_spent(before) or currency_before(before) is not None)


def _amount(place: _Place) -> Amount | None:
    figure, behind = place.figure, place.behind
    fen = behind.fen(figure.value) if behind else figure.value * 100
    if fen.denominator != 1 or fen >= _MOST_FEN:
        return None
    end = behind.end if behind else figure.end
    doubt = _doubt(place, end)
    return Amount(
        figure=figure,
        start=_start(place),
        end=end,
        fen=int(fen) if doubt in {None, AmountDoubt.ABOUT} else 0,
        named=place.named,
        certain=doubt is None and _is_marked(place, end),
        doubt=doubt,
    )


def _start(place: _Place) -> int:
    before = place.before[: place.sign.start] if place.sign else place.before
    minus = _MINUS.search(place.before)
    first = min(len(before), minus.start() if minus and _is_negative(place) else len(before))
    return place.figure.start - len(place.before) + first


def _may_be_bare(place: _Place) -> bool:
    """Whether a number without a currency can be money at all."""
    text, figure = place.text, place.figure
    if is_code(place.before, figure.spelled) or is_counted(text, figure.end):
        return False
    if "点" in figure.spelled and figure.value <= _LATEST_HOUR:  # 3点50
        return False
    return not (figure.vague and is_row(figure.spelled))


def _looks_like_money(place: _Place) -> bool:
    """Long digit rows are numbers of cards and phones; one lone numeral is a word (一下, 三)."""
    spelled = place.figure.spelled
    digits = sum(sign.isdecimal() for sign in spelled.partition(".")[0])
    longest = _LONGEST_WITH_CURRENCY if place.named else _LONGEST_DIGITS
    if digits > longest and "," not in spelled:
        return False
    if spelled in {"一", "1"} and _is_together(place):
        return False
    return place.named or not is_lone(spelled)


def _is_together(place: _Place) -> bool:
    """Whether 一块 says together: 一块还, 加一块."""
    behind = place.text[place.figure.end :].startswith("块")
    return behind and (
        place.before.endswith(tuple("加在放凑合算"))
        or _TOGETHER.match(place.text, place.figure.end) is not None
    )


def is_lone(spelled: str) -> bool:
    """Whether the number is one word that often stands for something else: 一, 十, `one`."""
    return spelled in _LONE_WORDS or (len(spelled) == 1 and not spelled.isascii())


def _doubt(place: _Place, end: int) -> AmountDoubt | None:
    if _is_foreign(place):
        return AmountDoubt.FOREIGN
    if _is_negative(place):
        return AmountDoubt.NEGATIVE
    if place.figure.vague:
        return AmountDoubt.RANGE
    before = place.before[: place.sign.start] if place.sign else place.before
    more = place.behind is not None and place.behind.more
    return AmountDoubt.ABOUT if more or is_guessed(before, place.text, end) else None


def _is_foreign(place: _Place) -> bool:
    if place.behind is not None and place.behind.unit is Unit.FOREIGN:
        return True
    if place.sign is None or place.sign.unit is not Unit.FOREIGN:
        return False
    return place.behind is None or not place.sign.weak


def _is_negative(place: _Place) -> bool:
    """A minus stands before figures only; before words it is a dash."""
    minus = _MINUS.search(place.before)
    if minus is None:
        return False
    return minus.group() != "-" or place.figure.spelled[0].isdecimal()


def _is_marked(place: _Place, end: int) -> bool:
    if tells_which(place.text, end):
        return False
    if place.named:
        return True
    spelled = place.figure.spelled
    if spelled[0] == "0" and spelled[1:2].isdecimal():  # 0755, 007: a code
        return False
    return place.figure.is_scaled or is_spent(place.before) or has_instalments(place.text, end)
