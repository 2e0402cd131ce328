"""Numbers in mixed spelling are read, and nonsense is refused."""

from fractions import Fraction

import pytest

from servicebot.understanding.slots.chinese_numerals import parse_number


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
    ],
)
def test_a_number_is_read(text: str, value: Fraction | int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["百千", "1千2万3万", "一千一千", "12万3万", "点五", "1.5.2"])
def test_nonsense_is_no_number(text: str) -> None:
    assert parse_number(text) is None
