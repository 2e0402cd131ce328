"""What a loan costs, exactly: one function per formula, in whole fen.

Amounts are whole fen and rates are fractions of one (0.04 % a day is `Fraction(4, 10_000)`).
Each interest and each regular payment is computed exactly and rounded once, half up, to the fen;
a last instalment takes what is left, so the principals add up exactly. That is the rule of the
sandbox bank (docs/bank_api.md, "Figures of the sandbox").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

MOST_INSTALMENTS: Final = 600
DAYS_PER_MONTH: Final = 30
MONTHS_PER_YEAR: Final = 12
DAYS_PER_YEAR: Final = 365


class Method(StrEnum):
    """How a loan is repaid; the first three are named as the bank names them in `Loan.method`."""

    EQUAL_INSTALMENT = "equal_installment"
    INTEREST_FIRST = "interest_first"
    DAILY_INTEREST = "daily_interest"
    EQUAL_PRINCIPAL = "equal_principal"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPart:
    """Principal and interest of one instalment."""

    principal_fen: int
    interest_fen: int

    @property
    def total_fen(self) -> int:
        """What is paid on the day."""
        return self.principal_fen + self.interest_fen


def month_of_days(daily_rate: Fraction) -> Fraction:
    """The rate of a month of 30 days.

    With it the equal instalments of the 微粒贷 sample rate (0.04 % a day) cost 654 yuan for 5,000
    over 20 months and 363 yuan for 10,000 over 5.
    """
    return daily_rate * DAYS_PER_MONTH


def month_of_year(annual_rate: Fraction) -> Fraction:
    """The rate of a month as 1/12 of the annual rate: what the sandbox bank plans loans with."""
    return annual_rate / MONTHS_PER_YEAR


def day_of_year(annual_rate: Fraction) -> Fraction:
    """The rate of a day as 1/365 of the annual rate, as in docs/bank_api.md."""
    return annual_rate / DAYS_PER_YEAR


def interest_of_days(principal_fen: int, daily_rate: Fraction, days: int) -> int:
    """Simple interest: principal x daily rate x days, without interest on interest.

    Source: knowledge_base/zh/weilidai/interest-calculation.md (剩余本金 x 日利率 x 实际使用天数).
    None for a negative number of days.
    """
    return half_up(principal_fen * daily_rate * max(days, 0))


def regular_payment(principal_fen: int, period_rate: Fraction, count: int) -> int:
    """The annuity: P x r x (1 + r)^n / ((1 + r)^n - 1), or P / n without interest.

    Source: the formula of 等额本息, as in `regular_payment` of the sandbox bank's interest.py.
    """
    _check(principal_fen, period_rate, count)
    if not period_rate:
        return half_up(Fraction(principal_fen, count))
    growth = (1 + period_rate) ** count
    return half_up(principal_fen * period_rate * growth / (growth - 1))


def plan(
    method: Method, principal_fen: int, period_rate: Fraction, count: int
) -> tuple[InstalmentPart, ...]:
    """All instalments of a loan in `count` periods of one rate, by its method.

    Interest first (先息后本) and daily interest pay each period's interest on the whole principal
    and the principal with the last; the periods of daily interest are taken as equally long.

    Raises:
        ValueError: for a principal below zero, a rate below zero, or a count outside 1..600.
    """
    _check(principal_fen, period_rate, count)
    if method is Method.EQUAL_INSTALMENT:
        return equal_instalments(principal_fen, period_rate, count)
    if method is Method.EQUAL_PRINCIPAL:
        return equal_principal(principal_fen, period_rate, count)
    return interest_first(principal_fen, period_rate, count)


def equal_instalments(
    principal_fen: int, period_rate: Fraction, count: int
) -> tuple[InstalmentPart, ...]:
    """等额本息 (annuity): the same payment each time, interest on what is still owed.

    Source: knowledge_base/zh/weilidai/instalment-method.md, and the sandbox bank's interest.py.
    """
    payment_fen = regular_payment(principal_fen, period_rate, count)
    left_fen, parts = principal_fen, []
    for number in range(1, count + 1):
        interest_fen = half_up(left_fen * period_rate)
        wanted_fen = left_fen if number == count else max(payment_fen - interest_fen, 0)
        part = InstalmentPart(principal_fen=min(wanted_fen, left_fen), interest_fen=interest_fen)
        parts.append(part)
        left_fen -= part.principal_fen
    return tuple(parts)


def equal_principal(
    principal_fen: int, period_rate: Fraction, count: int
) -> tuple[InstalmentPart, ...]:
    """等额本金: the same principal each time, interest on what is still owed.

    The textbook formula; no product of the sandbox bank uses it. The fen that do not divide go
    into the last instalment.
    """
    _check(principal_fen, period_rate, count)
    each_fen = principal_fen // count
    left_fen, parts = principal_fen, []
    for number in range(1, count + 1):
        part_fen = left_fen if number == count else each_fen
        interest_fen = half_up(left_fen * period_rate)
        parts.append(InstalmentPart(principal_fen=part_fen, interest_fen=interest_fen))
        left_fen -= part_fen
    return tuple(parts)


def interest_first(
    principal_fen: int, period_rate: Fraction, count: int
) -> tuple[InstalmentPart, ...]:
    """先息后本: each period's interest on the whole principal, the principal at the end.

    Source: `plan` of the sandbox bank's interest.py.
    """
    _check(principal_fen, period_rate, count)
    interest_fen = half_up(principal_fen * period_rate)
    return tuple(
        InstalmentPart(
            principal_fen=principal_fen if number == count else 0, interest_fen=interest_fen
        )
        for number in range(1, count + 1)
    )


def total_interest_fen(parts: Sequence[InstalmentPart]) -> int:
    """The interest of all instalments together."""
    return sum(part.interest_fen for part in parts)


def half_up(exact: Fraction | int) -> int:
    """The nearest whole number; a half goes up. For sums of zero and above."""
    return int((exact + Fraction(1, 2)) // 1)


def _check(principal_fen: int, period_rate: Fraction, count: int) -> None:
    if principal_fen < 0 or period_rate < 0 or not 1 <= count <= MOST_INSTALMENTS:
        raise ValueError("a plan needs a principal, a rate and 1 to 600 periods")
