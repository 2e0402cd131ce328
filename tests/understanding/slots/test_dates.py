"""Dates are read relative to the bank's today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.dates import find_dates

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天", date(2026, 11, 23)),
        ("明天还", date(2026, 11, 24)),
        ("大后天", date(2026, 11, 26)),
        ("昨天扣的", date(2026, 11, 22)),
        ("这个月底", date(2026, 11, 30)),
        ("月底", date(2026, 11, 30)),
        ("下个月底", date(2026, 12, 31)),
        ("下周三", date(2026, 12, 2)),
        ("周三", date(2026, 11, 25)),
        ("星期天", date(2026, 11, 29)),
        ("上周五", date(2026, 11, 20)),
        ("5号", date(2026, 12, 5)),
        ("二十三号", date(2026, 11, 23)),
        ("31号", date(2026, 12, 31)),
        ("下个月5号", date(2026, 12, 5)),
        ("上个月15号", date(2026, 10, 15)),
        ("12月5日", date(2026, 12, 5)),
        ("10月1号", date(2026, 10, 1)),
        ("1月3号", date(2027, 1, 3)),
        ("2025年3月1日", date(2025, 3, 1)),
        ("三天后", date(2026, 11, 26)),
        ("两周后", date(2026, 12, 7)),
        ("1个月后", date(2026, 12, 23)),
        ("2026-12-05", date(2026, 12, 5)),
        ("2026/12/5", date(2026, 12, 5)),
        ("12/5", date(2026, 12, 5)),
        ("tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("next friday", date(2026, 12, 4)),
        ("on friday", date(2026, 11, 27)),
        ("end of month", date(2026, 11, 30)),
        ("at the end of next month", date(2026, 12, 31)),
        ("the 5th", date(2026, 12, 5)),
        ("dec 5", date(2026, 12, 5)),
        ("5th of december 2027", date(2027, 12, 5)),
        ("in 3 days", date(2026, 11, 26)),
        ("in a week", date(2026, 11, 30)),
        ("2 days ago", date(2026, 11, 21)),
    ],
)
def test_a_date_is_read(text: str, expected: date) -> None:
    assert [span.value for span in find_dates(normalize(text), today=TODAY)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2月30日",
            "32号",
            "2026-13-01",
            "13/45",
            "第5号",
            "3个月",
            "12期",
            "每周",
            "the 5th loan",
        ),
        *("may i ask", "in time", "1.5", "0号"),
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(normalize(text), today=TODAY) == ()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_full_date_is_read_back_in_every_spelling(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        assert [span.value for span in find_dates(text, today=today)] == [day]


@given(
    st.text(alphabet="0123456789年月日号周下上个底天后前-/. thnexfriday", max_size=40), st.dates()
)
def test_any_heap_of_date_signs_is_survived(text: str, today: date) -> None:
    for span in find_dates(text, today=today):
        assert isinstance(span.value, date)
