"""Interest in whole fen.

Rounding rule of the sandbox bank: each interest and each regular payment is computed exactly
with decimals and rounded once, half up, to the fen; a last installment takes what is left of
the principal, so that the principals add up exactly. A month is 1/12 of the annual rate, a
day 1/365 of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final, Literal

Method = Literal["equal_installment", "interest_first", "daily_interest"]

DAYS_PER_YEAR: Final = 365
PRECISION: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Principal and interest of one installment."""

    principal_fen: int
    interest_fen: int


def interest_for_days(principal_fen: int, annual_rate: Decimal, days: int) -> int:
    """Return the interest of `days` days; none for a negative number of days."""
    with localcontext(Context(prec=PRECISION)):
        return _to_fen(Decimal(principal_fen) * annual_rate * max(days, 0) / DAYS_PER_YEAR)


def interest_for_month(principal_fen: int, annual_rate: Decimal) -> int:
    """Return the interest of one month."""
    with localcontext(Context(prec=PRECISION)):
        return _to_fen(Decimal(principal_fen) * annual_rate / 12)


def regular_payment(principal_fen: int, annual_rate: Decimal, count: int) -> int:
    """Return the monthly payment that repays the principal in `count` months."""
    with localcontext(Context(prec=PRECISION)):
        monthly_rate = annual_rate / 12
        if monthly_rate == 0:
            return _to_fen(Decimal(principal_fen) / count)
        discount = 1 - (1 + monthly_rate) ** -count
        return _to_fen(Decimal(principal_fen) * monthly_rate / discount)


def plan(
    method: Method, principal_fen: int, annual_rate: Decimal, period_days: Sequence[int]
) -> tuple[Part, ...]:
    """Plan the installments; `period_days` holds the days of each monthly period, in order."""
    if not period_days:
        raise ValueError("a plan needs at least one period")
    count = len(period_days)
    if method == "equal_installment":
        return _equal_installments(principal_fen, annual_rate, count)
    if method == "interest_first":
        interests = [interest_for_month(principal_fen, annual_rate)] * count
    else:
        interests = [interest_for_days(principal_fen, annual_rate, days) for days in period_days]
    return tuple(
        Part(principal_fen=principal_fen if number == count else 0, interest_fen=interest_fen)
        for number, interest_fen in enumerate(interests, start=1)
    )


def _equal_installments(principal_fen: int, annual_rate: Decimal, count: int) -> tuple[Part, ...]:
    payment_fen = regular_payment(principal_fen, annual_rate, count)
    left_fen = principal_fen
    parts = []
    for number in range(1, count + 1):
        interest_fen = interest_for_month(left_fen, annual_rate)
        wanted_fen = left_fen if number == count else max(payment_fen - interest_fen, 0)
        principal_part_fen = min(wanted_fen, left_fen)
        parts.append(Part(principal_fen=principal_part_fen, interest_fen=interest_fen))
        left_fen -= principal_part_fen
    return tuple(parts)


def _to_fen(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
