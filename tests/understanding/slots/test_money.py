"""Amounts are read to the fen, however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.money import find_money

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("一万二", 1_200_000),
        ("两千五", 250_000),
        ("1w", 1_000_000),
        ("1w5", 1_500_000),
        ("1.5万", 1_500_000),
        ("一点五万", 1_500_000),
        ("12000.5元", 1_200_050),
        ("三百块", 30_000),
        ("五毛", 50),
        ("三块两毛五", 325),
        ("三块五", 350),
        ("两块半", 250),
        ("3元2角5分", 325),
        ("￥1,200", 120_000),
        ("壹万贰仟元", 1_200_000),
        ("一万零五百", 1_050_000),
        ("一百零五块", 10_500),
        ("一千万", 1_000_000_000),
        ("2万5千", 2_500_000),
        ("十五块", 1500),
        ("人民币300", 30_000),
        ("two thousand", 200_000),
        ("two thousand five hundred and fifty dollars", 255_000),
        ("twenty five hundred", 250_000),
        ("a thousand yuan", 100_000),
        ("2k", 200_000),
        ("2.5k rmb", 250_000),
        ("$50", 5000),
        ("50 bucks", 5000),
        ("1,234.56 yuan", 123_456),
    ],
)
def test_an_amount_is_read_exactly(text: str, fen: int) -> None:
    found = find_money(normalize(text))
    assert [span.value for span in found] == [fen]
    assert found[0].certain


@pytest.mark.parametrize(
    "text",
    [
        *("分12期", "借了3个月", "我有两张卡", "第三方支付", "等一下", "万一还不上", "30%", "十"),
        *("13812345678", "6222021234567890123", "10:30", "5 days late", "3 loans", "step 2", "#2"),
        *("三天后", "一下子", "日利率0.02%", "error 500", "订单号12345", "one more thing"),
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert find_money(normalize(text)) == ()


@pytest.mark.parametrize("text", ["500", "就500吧", "五百", "五千多"])
def test_a_bare_number_is_not_certain(text: str) -> None:
    found = find_money(normalize(text))
    assert [span.certain for span in found] == [False]
    assert find_money(normalize(text), bare=False) == ()


@pytest.mark.parametrize("text", ["还500", "借 500", "pay 500", "转500给他"])
def test_a_verb_of_money_makes_a_bare_number_certain(text: str) -> None:
    assert [span.certain for span in find_money(normalize(text))] == [True]


def spell_yuan(yuan: int) -> str:
    """Spells whole yuan below 100 million in Chinese numerals, the way people write them."""
    high, low = divmod(yuan, 10_000)
    if not high:
        return _section(low)
    if not low:
        return _section(high) + "万"
    return _section(high) + "万" + ("零" if low < 1000 else "") + _section(low)


def _section(number: int) -> str:
    spelled, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spelled += ("零" if pending_zero and spelled else "") + DIGITS[digit] + name
            pending_zero = False
        elif spelled:
            pending_zero = True
    return spelled


@given(st.integers(1, 99_999_999))
def test_spelled_chinese_numerals_are_read_back(yuan: int) -> None:
    found = find_money(spell_yuan(yuan) + "元")
    assert [span.value for span in found] == [yuan * 100]


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_written_yuan_and_fen_are_read_back(yuan: int, fen: int) -> None:
    found = find_money(f"{yuan:,}.{fen:02d}元")
    assert [span.value for span in found] == [yuan * 100 + fen]


@given(st.integers(1, 9_999), st.integers(1, 9))
def test_the_digit_behind_wan_counts_thousands(high: int, digit: int) -> None:
    expected = (high * 10_000 + digit * 1000) * 100
    assert [span.value for span in find_money(f"{high}万{digit}")] == [expected]
    assert [span.value for span in find_money(f"{high}w{digit}")] == [expected]
    assert [span.value for span in find_money(f"{_section(high)}万{DIGITS[digit]}")] == [expected]


@given(st.text(alphabet="0123456789.,一二两三十百千万亿元块毛角分半点kw零 $¥-几多第", max_size=40))
def test_any_heap_of_number_signs_is_survived(text: str) -> None:
    for span in find_money(text):
        assert isinstance(span.value, int)
        assert 0 <= span.start < span.end <= len(text)
        assert span.value >= 0


@pytest.mark.parametrize("text", ["说错了,800元", "打错了,八百", "no, 800", "ok.800"])
def test_an_amount_right_behind_a_comma_is_found(text: str) -> None:
    assert [span.value for span in find_money(text)] == [80_000]


def test_the_rest_of_a_grouped_number_is_no_amount_of_its_own() -> None:
    assert [span.value for span in find_money("还1,800元")] == [180_000]
