"""Numbers in mixed spelling are read, and nonsense is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.slots.chinese_numerals import NUMBER, is_row, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("二十", 20), ("十五", 15), ("一百五", 150), ("一百五十", 150), ("一百零五", 105)),
        *(
            ("一五零零", 1500),
            ("三千万", 30_000_000),
            ("1.5亿", 150_000_000),
            ("12万3456", 123_456),
        ),
        *(("三点二五", Fraction(13, 4)), ("两亿五千万", 250_000_000), ("0", 0)),
        *(("廿", 20), ("廿五", 25), ("卅", 30), ("卅一", 31), ("一百廿五", 125), ("卌二", 42)),
        *(("3点5千", 3500), ("三点五千", 3500), ("1点2万", 12_000), ("两点五k", 2500)),
        *(
            ("三点五千万", 35_000_000),
            ("零点五", Fraction(1, 2)),
            ("五百二十点五", Fraction(1041, 2)),
        ),
        *(("1.2w", 12_000), ("12k", 12_000), ("1w2", 12_000), ("1w2k", 12_000), ("3千5", 3500)),
        *(("2百5", 250), ("1万零5百", 10_500), ("1w500", 10_500), ("十万八", 108_000)),
        *(("壹仟贰佰", 1200), ("参仟伍佰", 3500), ("壹万零伍", 10_005), ("两千零五", 2005)),
        *(("一万五百", 10_500), ("一亿二", 120_000_000), ("一二三四", 1234), ("二零零", 200)),
    ],
)
def test_a_number_is_read(text: str, value: Fraction | int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("百千", "1千2万3万", "一千一千", "12万3万", "点五", "1.5.2", "", "x", "一点", "点"),
        *("两三百", "一两百", "三四千", "五六万", "十二三", "一百二三", "三五千", "2三百"),
        *("1.5w5", "1.5千5百", "1w25", "三千五万", "1千25百", "500一", "一点二点三", "千万"),
    ],
)
def test_what_makes_no_one_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("500一共", "500"), ("500两次", "500"), ("还3点5千", "3点5千"), ("参加500", "500")),
        *(("参仟元", "参仟"), ("1wifi", "1"), ("12kg", "12"), ("3点还", "3")),
    ],
)
def test_a_number_ends_where_the_next_word_begins(text: str, number: str) -> None:
    found = NUMBER.search(text)
    assert found is not None
    assert found.group() == number


def test_a_row_is_several_digits_without_a_unit() -> None:
    assert [is_row(text) for text in ("两三", "一五零零", "三", "十二", "12")] == [
        *(True, True),
        *(False, False, False),
    ]


@given(st.text(alphabet="0123456789.,点零一二两三五九十廿卅百千万亿kw参²x", max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from(["千", "万", "k", "w", "亿"]))
def test_a_point_before_a_unit_is_exact(whole: int, digit: int, unit: str) -> None:
    expected = Fraction(whole * 10 + digit, 10) * (parse_number(f"1{unit}") or 0)
    assert parse_number(f"{whole}.{digit}{unit}") == expected
    assert parse_number(f"{whole}点{digit}{unit}") == expected
