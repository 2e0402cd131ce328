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
        ("廿五号", date(2026, 11, 25)),
        ("廿三号还", date(2026, 11, 23)),
        ("卅号前", date(2026, 11, 30)),
        ("下个月廿八", date(2026, 12, 28)),
        ("下月卅一号", date(2026, 12, 31)),
        ("月底前还清", date(2026, 11, 30)),
        ("月底之前", date(2026, 11, 30)),
        ("下个月末", date(2026, 12, 31)),
        ("12月底", date(2026, 12, 31)),
        ("二月底", date(2027, 2, 28)),
        ("本月最后一天", date(2026, 11, 30)),
        ("这个月的最后一天", date(2026, 11, 30)),
        ("下个月最后1天", date(2026, 12, 31)),
        ("12月最后一天", date(2026, 12, 31)),
        ("下个月15", date(2026, 12, 15)),
        ("下个月十五", date(2026, 12, 15)),
        ("下月3,可以吗", date(2026, 12, 3)),
        ("12月15", date(2026, 12, 15)),
        ("这周五", date(2026, 11, 27)),
        ("本周日", date(2026, 11, 29)),
        ("下星期一", date(2026, 11, 30)),
        ("15号之前", date(2026, 12, 15)),
        ("15日以前", date(2026, 12, 15)),
        ("下周五500块", date(2026, 12, 4)),
        ("the last day of this month", date(2026, 11, 30)),
        ("last day of the month", date(2026, 11, 30)),
        ("last day of next month", date(2026, 12, 31)),
        ("by the 15th", date(2026, 12, 15)),
        ("before 15th", date(2026, 12, 15)),
        ("this friday", date(2026, 11, 27)),
        ("by the end of the month", date(2026, 11, 30)),
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
        *(
            "卅二号",
            "廿十号",
            "四十号",
            "2月卅号",
            "上上个月31",
            "13月底",
            "上上个月31号",
            "本月31",
        ),
        *("一百二十号", "两三天后", "五六号", "一二号", "十五六号", "下个月一起还", "下个月3次"),
        *("下个月5千", "下个月2笔", "12月500", "12月一次还清", "本月5期", "下月1,500元"),
        *("february 30", "the 32nd", "by the 45th"),
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(normalize(text), today=TODAY) == ()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_full_date_is_read_back_in_every_spelling(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        assert [span.value for span in find_dates(text, today=today)] == [day]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 31))
def test_a_day_of_this_or_the_next_months_is_read_in_every_spelling(today: date, day: int) -> None:
    tens, ones = divmod(day, 10)
    digit = "一二三四五六七八九"[ones - 1] if ones else ""
    han = ("", "十", "二十", "三十")[tens] + digit
    short = ("", "十", "廿", "卅")[tens] + digit
    spellings = [f"{written}号" for written in (str(day), han, short)]
    found = [[span.value for span in find_dates(text, today=today)] for text in spellings]
    assert found[0] == found[1] == found[2]
    assert [value.day for value in found[0] if isinstance(value, date)] == [day]


@given(
    st.text(alphabet="0123456789年月日号周下上个底天后前最廿卅-/. thnexfriday", max_size=40),
    st.dates(),
)
def test_any_heap_of_date_signs_is_survived(text: str, today: date) -> None:
    for span in find_dates(text, today=today):
        assert isinstance(span.value, date)
