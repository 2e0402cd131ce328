"""Lengths of time are read; dates, choices and ordinals are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.period import Period
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.periods import find_periods


def months(count: int, days: int = 0) -> Period:
    return Period(months=count, days=days)


def days(count: int) -> Period:
    return Period(days=count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("分20期", months(20)), ("5000分20期一共还多少", months(20)), ("分成十二期", months(12))),
        *(("5个月", months(5)), ("借一万用五个月利息多少", months(5)), ("十个月", months(10))),
        *(("半年", months(6)), ("一年", months(12)), ("借5万一年利息", months(12))),
        *(("一年半", months(18)), ("两年零三个月", months(27)), ("1年3个月", months(15))),
        *(("3年期的", months(36)), ("十年", months(120)), ("两个季度", months(6))),
        *(("30天", days(30)), ("用十五天", days(15)), ("365天", days(365)), ("一百天", days(100))),
        *(("一百二十天", days(120)), ("一百零五天", days(105)), ("逾期3天了", days(3))),
        *(("两周", days(14)), ("3个星期", days(21)), ("半个月", days(15)), ("廿天", days(20))),
        *(
            ("一个半月", months(1, 15)),
            ("1个月15天", months(1, 15)),
            ("两个月零五天", months(2, 5)),
        ),
        *(("借一万二十期", months(20)), ("一万三个月", months(3)), ("近三个月流水", months(3))),
        *(("3 years", months(36)), ("for a year", months(12)), ("half a year", months(6))),
        *(("two and a half years", months(30)), ("a loan of 18 months", months(18))),
        *(("in 12 instalments", months(12)), ("20 monthly installments", months(20))),
        *(("over twenty-four months", months(24)), ("a 6-month term", months(6))),
        *(("借一万,20期", months(20)), ("10000,20期", months(20))),
        *(("30 days", days(30)), ("two weeks", days(14)), ("for a fortnight", days(14))),
        *(
            ("half a month", days(15)),
            ("12 monthly payments", months(12)),
            ("借5000一天", days(1)),
            ("1000一个月", months(1)),
            ("within 10 days", days(10)),
        ),
        *(("one and a half months", months(1, 15)), ("5000 over 20 months", months(20))),
    ],
)
def test_a_period_is_read(text: str, expected: Period) -> None:
    assert [span.value for span in find_periods(normalize(text))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        *("三天后", "3天前", "两个月以后", "1年之前", "5号", "第3期", "2026年", "5月", "12月5日"),
        *("两三个月", "三四天", "3-5天", "3到5个月", "3,4天", "五到六期", "每一年", "上一个月"),
        *(
            "这个月",
            "下一期",
            "今年",
            "每天",
            "几个月",
            "0天",
            "一年级",
            "前三个月",
            "99999期",
            "还一期",
        ),
        *("one instalment", "two payments went out"),
        *("2 days ago", "3 weeks later", "2 or 3 months", "two to three years", "3-5 days"),
        *("a few months", "every 2 weeks", "4 yuan a day", "the last 3 days", "5 years old"),
        *("the next 2 months", "twenty thirty days", "2026 years", "1.5期"),
    ],
)
def test_what_is_no_one_length_is_left_alone(text: str) -> None:
    assert find_periods(normalize(text)) == ()


@given(st.integers(1, 99))
def test_months_and_instalments_are_read_back_in_every_spelling(count: int) -> None:
    tens, ones = divmod(count, 10)
    digit = "零一二三四五六七八九"
    han = (digit[tens] if tens > 1 else "") + ("十" if tens else "") + (digit[ones] if ones else "")
    texts = [f"{count}个月", f"{han}个月", f"{count} months"]
    for text in texts + ([f"分{count}期", f"分{han}期"] if count > 1 else []):
        assert [span.value for span in find_periods(text)] == [Period(months=count)]


@given(
    st.text(alphabet="0123456789.一两十百半个月天年周期零又第每到前后 -andhlfmotyersk", max_size=60)
)
def test_any_heap_of_signs_is_survived(text: str) -> None:
    for span in find_periods(text):
        assert isinstance(span.value, Period)
        assert span.value.months >= 0
        assert span.value.days >= 0
        assert 0 <= span.start < span.end <= len(text)
