"""Figures are printed exactly; nothing is rounded."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.dialogue.print_figure import print_figure
from servicebot.dialogue.say import Day, Moment, Money, Percent
from servicebot.domain.understanding import Language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "0.00元", "CNY 0.00"),
        (5, "0.05元", "CNY 0.05"),
        (203140, "2,031.40元", "CNY 2,031.40"),
        (-1001, "-10.01元", "CNY -10.01"),
    ],
)
def test_money_is_printed_to_the_fen(fen: int, zh: str, en: str) -> None:
    assert print_figure(Money(fen), ZH) == zh
    assert print_figure(Money(fen), EN) == en


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_printed_money_reads_back_to_the_same_fen(fen: int) -> None:
    printed = print_figure(Money(fen), ZH).removesuffix("元").replace(",", "").replace(".", "")
    assert int(printed) == fen


def test_days_and_moments_are_those_of_the_bank() -> None:
    assert print_figure(Day(date(2026, 12, 5)), ZH) == "2026年12月5日"
    assert print_figure(Day(date(2026, 12, 5)), EN) == "5 December 2026"
    late = datetime(2026, 12, 4, 17, 30, tzinfo=UTC)
    assert print_figure(Moment(late), ZH) == "12-05 01:30"


@pytest.mark.parametrize(
    ("ppm", "printed"), [(200_000, "20%"), (333_333, "33.3333%"), (5, "0.0005%")]
)
def test_shares_keep_every_digit(ppm: int, printed: str) -> None:
    assert print_figure(Percent(ppm), ZH) == printed
