"""When the desk is open: blocks, weekdays, holidays, and the next opening."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.desk_hours import EVERY_DAY, Block, DeskHours, parse_days, parse_week
from servicebot.handover.hours import ZONE, blocks_of, is_open, opened_last, opens_next

SHIFTS = "1-5 09:00-12:00,13:00-21:00; 6-7 10:00-18:00"
WEEKLY = DeskHours(week=parse_week(SHIFTS))
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
instants = st.integers(0, 4 * 365 * 24 * 60).map(lambda past: FIRST + timedelta(minutes=past))


@st.composite
def days(draw: st.DrawFn) -> tuple[Block, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 24 * 60), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Block(start_min=start, end_min=end) for start, end in pairs)


all_hours = st.builds(
    DeskHours,
    week=st.tuples(*(days() for _ in range(7))),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 1)), max_size=9),
    holidays_closed=st.booleans(),
)


def in_china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[misc,arg-type]  # a test's own shorthand


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        (in_china(2026, 11, 23, 8, 59), False),
        (in_china(2026, 11, 23, 9, 0), True),
        (in_china(2026, 11, 23, 12, 0), False),
        (in_china(2026, 11, 23, 13, 0), True),
        (in_china(2026, 11, 23, 21, 0), False),
        (in_china(2026, 11, 28, 9, 30), False),
        (in_china(2026, 11, 28, 10, 0), True),
    ],
)
def test_the_blocks_of_a_day_begin_inside_and_end_outside(at: datetime, *, open_then: bool) -> None:
    assert is_open(WEEKLY, at) is open_then
    assert is_open(WEEKLY, at.astimezone(UTC)) is open_then


def test_a_block_may_last_until_midnight() -> None:
    hours = DeskHours(week=parse_week("1-7 00:00-24:00"))
    assert is_open(hours, in_china(2026, 11, 23, 23, 59))
    assert opens_next(hours, in_china(2026, 11, 23, 23, 59)) == in_china(2026, 11, 24)


def test_the_next_opening_is_after_lunch_or_on_the_next_day_or_after_the_weekend() -> None:
    weekdays = DeskHours(week=parse_week("1-5 09:00-12:00,13:00-21:00"))
    assert opens_next(weekdays, in_china(2026, 11, 23, 12, 30)) == in_china(2026, 11, 23, 13)
    assert opens_next(weekdays, in_china(2026, 11, 23, 22)) == in_china(2026, 11, 24, 9)
    assert opens_next(weekdays, in_china(2026, 11, 27, 22)) == in_china(2026, 11, 30, 9)


def test_public_holidays_are_closed_and_made_up_days_worked_where_the_bank_says_so() -> None:
    week = parse_week("1-5 09:00-21:00")
    always, by_law = DeskHours(week=week), DeskHours(week=week, holidays_closed=True)
    assert blocks_of(always, date(2026, 10, 1))
    assert blocks_of(by_law, date(2026, 10, 1)) == ()
    assert blocks_of(always, date(2026, 10, 10)) == ()
    assert blocks_of(by_law, date(2026, 10, 10)) == week[0]
    assert opens_next(by_law, in_china(2026, 9, 30, 22)) == in_china(2026, 10, 8, 9)
    assert blocks_of(by_law, date(2026, 1, 4)) == week[0]


def test_further_days_can_be_closed() -> None:
    hours = DeskHours(week=parse_week(EVERY_DAY), closed=parse_days("2026-11-24, 2026-11-25"))
    assert opens_next(hours, in_china(2026, 11, 23, 21)) == in_china(2026, 11, 26, 9)


@pytest.mark.parametrize(
    "text",
    [
        *("", "9-17", "1-5", "8 09:00-12:00", "5-1 09:00-12:00", "1 12:00-09:00"),
        *("1 09:00-25:00", "1 09:60-12:00", "1 09:00-12:00,11:00-13:00"),
        "1-5 09:00-12:00; 5 10:00-11:00",
    ],
)
def test_hours_that_are_no_hours_are_a_fault(text: str) -> None:
    with pytest.raises(ValueError, match="write it like"):
        parse_week(text)


@given(hours=all_hours, at=instants)
def test_at_the_next_opening_it_is_open_and_never_between_a_shut_instant_and_it(
    hours: DeskHours, at: datetime
) -> None:
    opening = opens_next(hours, at)
    if opening is None:
        return
    assert opening > at
    assert is_open(hours, opening)
    assert not is_open(hours, opening - timedelta(microseconds=1)) or opened_last(
        hours, opening - timedelta(microseconds=1)
    ) != opened_last(hours, opening)
    if not is_open(hours, at):
        middle = at + (opening - at) / 2
        assert not is_open(hours, middle)


@given(hours=all_hours, at=instants)
def test_an_open_desk_opened_before_and_has_been_open_since(hours: DeskHours, at: datetime) -> None:
    opened = opened_last(hours, at)
    assert (opened is not None) is is_open(hours, at)
    if opened is not None:
        assert opened <= at
        assert is_open(hours, opened + (at - opened) / 2)


@given(at=instants)
def test_a_desk_without_hours_never_opens(at: datetime) -> None:
    never = DeskHours(week=((),) * 7)
    assert opens_next(never, at) is None
    assert not is_open(never, at)
