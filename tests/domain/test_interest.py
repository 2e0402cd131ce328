"""Interest is exact to the fen, and the parts of a loan make the whole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.interest import (
    InstalmentPart,
    Method,
    day_of_year,
    equal_instalments,
    equal_principal,
    half_up,
    interest_first,
    interest_of_days,
    month_of_days,
    month_of_year,
    plan,
    regular_payment,
    total_interest_fen,
)
from servicebot.sandbox_bank import interest as sandbox

DAILY = Fraction(4, 10_000)
YUAN = 100

principals = st.integers(0, 100_000_000)
rates = st.integers(0, 50_000).map(lambda ppm: Fraction(ppm, 1_000_000))
counts = st.integers(1, 60)
methods = st.sampled_from(Method)


def yuan(fen: int) -> int:
    return half_up(Fraction(fen, YUAN))


@pytest.mark.parametrize(
    ("principal", "months", "interest"), [(5_000, 20, 654), (10_000, 5, 363), (10_000, 1, 120)]
)
def test_the_sample_rate_costs_what_the_cases_say(
    principal: int, months: int, interest: int
) -> None:
    parts = equal_instalments(principal * YUAN, month_of_days(DAILY), months)
    assert yuan(total_interest_fen(parts)) == interest


def test_every_instalment_of_a_small_loan() -> None:
    parts = equal_instalments(100_000, month_of_days(DAILY), 3)
    assert parts == (
        InstalmentPart(principal_fen=32_937, interest_fen=1_200),
        InstalmentPart(principal_fen=33_332, interest_fen=805),
        InstalmentPart(principal_fen=33_731, interest_fen=405),
    )
    assert [part.total_fen for part in parts] == [34_137, 34_137, 34_136]


def test_equal_principal_falls_from_instalment_to_instalment() -> None:
    parts = equal_principal(100_000, month_of_days(DAILY), 3)
    assert [part.principal_fen for part in parts] == [33_333, 33_333, 33_334]
    assert [part.interest_fen for part in parts] == [1_200, 800, 400]


def test_interest_first_pays_the_principal_at_the_end() -> None:
    parts = interest_first(100_000, Fraction(1, 100), 3)
    assert [part.principal_fen for part in parts] == [0, 0, 100_000]
    assert [part.interest_fen for part in parts] == [1_000] * 3


@pytest.mark.parametrize(
    ("principal_fen", "days", "interest_fen"),
    [(1_000_000, 1, 400), (1_000_000, 30, 12_000), (1_250, 1, 1), (1_249, 1, 0), (100, -3, 0)],
)
def test_simple_interest_is_rounded_half_up(
    principal_fen: int, days: int, interest_fen: int
) -> None:
    assert interest_of_days(principal_fen, DAILY, days) == interest_fen


def test_rates_of_months_and_days() -> None:
    annual = Fraction(146, 1000)
    assert day_of_year(annual) == DAILY
    assert month_of_year(annual) == Fraction(146, 12_000)
    assert month_of_days(DAILY) == Fraction(12, 1000)


@pytest.mark.parametrize(
    ("principal_fen", "rate", "count"),
    [(-1, Fraction(1), 1), (1, Fraction(-1, 100), 1), (1, Fraction(0), 0), (1, Fraction(0), 601)],
)
def test_what_is_no_loan_is_refused(principal_fen: int, rate: Fraction, count: int) -> None:
    for method in Method:
        with pytest.raises(ValueError, match="plan"):
            plan(method, principal_fen, rate, count)
    with pytest.raises(ValueError, match="plan"):
        regular_payment(principal_fen, rate, count)


@given(methods, principals, rates, counts)
def test_the_principals_add_up_and_no_part_is_below_zero(
    method: Method, principal_fen: int, rate: Fraction, count: int
) -> None:
    parts = plan(method, principal_fen, rate, count)
    assert len(parts) == count
    assert sum(part.principal_fen for part in parts) == principal_fen
    assert all(part.principal_fen >= 0 and part.interest_fen >= 0 for part in parts)
    interests = [part.interest_fen for part in parts]
    assert interests == sorted(interests, reverse=True)


@given(methods, principals, rates, st.integers(1, 59))
def test_more_principal_a_higher_rate_or_a_longer_time_costs_no_less(
    method: Method, principal_fen: int, rate: Fraction, count: int
) -> None:
    def cost(more_fen: int = 0, more_rate: Fraction = Fraction(0), longer: int = 0) -> int:
        parts = plan(method, principal_fen + more_fen, rate + more_rate, count + longer)
        return total_interest_fen(parts)

    slack = count * (count + 1)  # each instalment is rounded, and what is rounded bears interest
    for dearer in (cost(more_fen=1), cost(more_rate=Fraction(1, 1_000_000)), cost(longer=1)):
        assert dearer >= cost() - slack


@given(st.integers(100_000, 100_000_000), rates, st.integers(1, 60))
def test_equal_instalments_are_equal_but_for_the_last(
    principal_fen: int, rate: Fraction, count: int
) -> None:
    payment_fen = regular_payment(principal_fen, rate, count)
    parts = equal_instalments(principal_fen, rate, count)
    assert [part.total_fen for part in parts[:-1]] == [payment_fen] * (count - 1)


@given(principals, rates, counts)
def test_equal_principal_costs_no_more_than_equal_instalments(
    principal_fen: int, rate: Fraction, count: int
) -> None:
    falling = total_interest_fen(equal_principal(principal_fen, rate, count))
    level = total_interest_fen(equal_instalments(principal_fen, rate, count))
    assert falling <= level + count * (count + 1)


@given(principals, st.integers(0, 360_000), counts)
def test_the_plans_are_those_of_the_sandbox_bank(
    principal_fen: int, annual_ppm: int, count: int
) -> None:
    rate = month_of_year(Fraction(annual_ppm, 1_000_000))
    annual = Decimal(annual_ppm) / 1_000_000
    for method, name in (
        (Method.EQUAL_INSTALMENT, "equal_installment"),
        (Method.INTEREST_FIRST, "interest_first"),
    ):
        theirs = sandbox.plan(name, principal_fen, annual, [30] * count)  # type: ignore[arg-type]
        ours = plan(method, principal_fen, rate, count)
        assert [(p.principal_fen, p.interest_fen) for p in ours] == [
            (p.principal_fen, p.interest_fen) for p in theirs
        ]


@given(principals, st.integers(0, 360_000), st.integers(0, 400))
def test_the_interest_of_days_is_that_of_the_sandbox_bank(
    principal_fen: int, annual_ppm: int, days: int
) -> None:
    ours = interest_of_days(principal_fen, day_of_year(Fraction(annual_ppm, 1_000_000)), days)
    annual = Decimal(annual_ppm) / 1_000_000
    assert ours == sandbox.interest_for_days(principal_fen, annual, days)
