from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.sandbox_bank.interest import (
    interest_for_days,
    interest_for_month,
    plan,
    regular_payment,
)

AMOUNTS = st.integers(min_value=0, max_value=10**12)
RATES = st.integers(min_value=0, max_value=3600).map(lambda points: Decimal(points) / 10_000)
PERIODS = st.lists(st.integers(min_value=0, max_value=62), min_size=1, max_size=60)
METHODS = st.sampled_from(("equal_installment", "interest_first", "daily_interest"))


@given(method=METHODS, principal_fen=AMOUNTS, rate=RATES, periods=PERIODS)
def test_the_principals_of_any_plan_add_up_exactly_and_nothing_is_negative(
    method: str, principal_fen: int, rate: Decimal, periods: list[int]
) -> None:
    parts = plan(method, principal_fen, rate, periods)  # type: ignore[arg-type] # hypothesis gives str
    assert sum(part.principal_fen for part in parts) == principal_fen
    assert len(parts) == len(periods)
    assert all(part.principal_fen >= 0 and part.interest_fen >= 0 for part in parts)


@given(principal_fen=AMOUNTS, rate=RATES, periods=PERIODS)
def test_equal_installments_are_equal_but_for_the_last_and_their_interest_falls(
    principal_fen: int, rate: Decimal, periods: list[int]
) -> None:
    parts = plan("equal_installment", principal_fen, rate, periods)
    interests = [part.interest_fen for part in parts]
    assert interests == sorted(interests, reverse=True)
    if principal_fen > 10_000 * len(periods):
        payment_fen = regular_payment(principal_fen, rate, len(periods))
        totals = {part.principal_fen + part.interest_fen for part in parts[:-1]}
        assert totals <= {payment_fen}
        # Each month rounds by half a fen at most, and the rate lets that grow.
        growth = (1 + float(rate) / 12) ** len(periods)
        last_fen = parts[-1].principal_fen + parts[-1].interest_fen
        assert abs(last_fen - payment_fen) <= growth * (len(periods) + 1)


@given(principal_fen=AMOUNTS, rate=RATES, days=st.integers(min_value=-5, max_value=4000))
def test_interest_grows_with_days_and_with_principal(
    principal_fen: int, rate: Decimal, days: int
) -> None:
    fen = interest_for_days(principal_fen, rate, days)
    assert 0 <= fen <= interest_for_days(principal_fen, rate, days + 1)
    assert fen <= interest_for_days(principal_fen + 1, rate, days)


def test_half_a_fen_is_rounded_up() -> None:
    assert interest_for_days(365, Decimal("0.5"), 1) == 1  # exactly 0.5
    assert interest_for_days(364, Decimal("0.5"), 1) == 0
    assert interest_for_month(6, Decimal(1)) == 1  # exactly 0.5


def test_a_known_loan_gives_the_textbook_payment() -> None:
    # 12,000 yuan over 12 months at 14.6 %: A = P r / (1 - (1 + r)^-12) = 1,080.8024... yuan.
    monthly = 0.146 / 12
    textbook = 1_200_000 * monthly / (1 - (1 + monthly) ** -12)
    assert regular_payment(1_200_000, Decimal("0.146"), 12) == round(textbook)
    assert regular_payment(1_200_000, Decimal(0), 12) == 100_000


def test_interest_first_asks_for_the_principal_only_at_the_end() -> None:
    parts = plan("interest_first", 4_500_000, Decimal("0.0888"), (31, 30, 31))
    assert [part.principal_fen for part in parts] == [0, 0, 4_500_000]
    assert [part.interest_fen for part in parts] == [33_300] * 3


def test_daily_interest_counts_the_days_of_each_period() -> None:
    parts = plan("daily_interest", 365_000, Decimal("0.1"), (31, 28))
    assert [part.interest_fen for part in parts] == [3_100, 2_800]


def test_a_plan_without_periods_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one period"):
        plan("daily_interest", 100, Decimal("0.1"), ())
