"""All values of a message are read; no number is read twice."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.period import Period
from servicebot.domain.understanding import AmountDoubt, SlotKind
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.products import compile_products

TODAY = date(2026, 11, 23)
NAMED = compile_products(
    [("weilidai", ("微粒贷", "微粒货")), ("weichedai", ("微车贷", "车贷", "car loan"))]
)


def read(text: str) -> list[tuple[SlotKind, object]]:
    return [
        (slot.kind, slot.value)
        for slot in extract_slots(normalize(text), today=TODAY, products=NAMED)
    ]


def test_values_come_in_reading_order() -> None:
    assert read("5号从尾号1234还第二笔微粒货3000块") == [
        (SlotKind.DATE, date(2026, 12, 5)),
        (SlotKind.TAIL, "1234"),
        (SlotKind.ORDINAL, 2),
        (SlotKind.PRODUCT, "weilidai"),
        (SlotKind.MONEY, 300_000),
    ]


@pytest.mark.parametrize("text", ["尾号1234", "5号", "12/5", "#2", "第2笔", "2026-12-05"])
def test_a_number_with_another_meaning_is_no_amount(text: str) -> None:
    assert SlotKind.MONEY not in [kind for kind, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("三天后还", date(2026, 11, 26)),
        ("5号", date(2026, 12, 5)),
        ("in 3 days", date(2026, 11, 26)),
    ],
)
def test_a_day_is_no_period(text: str, day: date) -> None:
    assert read(text) == [(SlotKind.DATE, day)]


def test_a_period_is_read_beside_a_product() -> None:
    assert read("微粒贷分20期") == [
        (SlotKind.PRODUCT, "weilidai"),
        (SlotKind.PERIOD, Period(months=20)),
    ]


@pytest.mark.parametrize(
    "text", ["1", "3", "100", "2000", "123456", "三", "一百", "two", "3。", "１"]
)
def test_a_message_that_is_only_a_number_is_one_uncertain_amount(text: str) -> None:
    (slot,) = extract_slots(normalize(text), today=TODAY, products=NAMED)
    assert (slot.kind, slot.certain, slot.doubt) == (SlotKind.MONEY, False, None)
    assert slot.fills(normalize(text))


@pytest.mark.parametrize("text", ["500吧", "还500", "就 500"])
def test_a_number_with_words_around_it_does_not_fill_the_message(text: str) -> None:
    (slot,) = extract_slots(normalize(text), today=TODAY, products=NAMED)
    assert not slot.fills(normalize(text))


@pytest.mark.parametrize("text", ["13812345678", "第三", "5号", "#2", "尾号1234"])
def test_what_only_looks_like_a_number_is_no_amount(text: str) -> None:
    assert SlotKind.MONEY not in [kind for kind, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "fen", "period"),
    [
        ("5000分20期一共还多少", 500_000, Period(months=20)),
        ("借一万用五个月利息多少", 1_000_000, Period(months=5)),
        ("借2万一年要多少利息", 2_000_000, Period(months=12)),
        ("拿3000块用15天", 300_000, Period(days=15)),
        ("how much for 10,000 yuan over 12 months", 1_000_000, Period(months=12)),
        ("5000 in 20 instalments", 500_000, Period(months=20)),
        ("借一万二十期", 1_000_000, Period(months=20)),
    ],
)
def test_a_question_about_interest_names_an_amount_and_a_period(
    text: str, fen: int, period: Period
) -> None:
    slots = extract_slots(normalize(text), today=TODAY, products=NAMED)
    assert [(slot.value, slot.certain) for slot in slots] == [(fen, True), (period, True)]


def test_a_doubt_is_handed_on() -> None:
    slots = extract_slots("还500还是1000", today=TODAY, products=NAMED)
    assert [(slot.value, slot.doubt, slot.certain) for slot in slots] == [
        (50_000, AmountDoubt.EITHER_OR, False),
        (100_000, AmountDoubt.EITHER_OR, False),
    ]


@pytest.mark.parametrize(
    "text", ["我要提前还款，合同号88123", "订单编号 20230 怎么查", "my id is 88123"]
)
def test_a_number_of_something_is_no_value(text: str) -> None:
    assert read(text) == []


@given(st.text(max_size=200))
def test_no_character_belongs_to_two_values(text: str) -> None:
    clean = normalize(text)
    end = 0
    for slot in extract_slots(clean, today=TODAY, products=NAMED):
        assert slot.start >= end
        assert slot.text == clean[slot.start : slot.end]
        end = slot.end


@pytest.mark.parametrize(
    "unit",
    ["1", "一", "1万", "1 ", "a ", "twenty ", "第", "0.0", "1,", "一点", "*", "last ", "5号"],
)
def test_bad_input_takes_less_than_ten_milliseconds(unit: str) -> None:
    text = normalize(unit * 2000)
    extract_slots(text, today=TODAY, products=NAMED)
    best = min(_timed(text) for _ in range(5))
    assert best < 0.010


def _timed(text: str) -> float:
    begun = time.perf_counter()
    extract_slots(text, today=TODAY, products=NAMED)
    return time.perf_counter() - begun
