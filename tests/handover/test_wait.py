"""The wait is told honestly, or not at all."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.desk_facts import Wait
from servicebot.handover.wait import LEAST_TICKETS, wait_of


def minutes(*waited: float) -> list[timedelta]:
    return [timedelta(minutes=one) for one in waited]


def test_fewer_than_five_say_nothing() -> None:
    assert wait_of(minutes(1, 2, 3, 4)) is None


def test_the_interval_is_rounded_outwards() -> None:
    assert wait_of(minutes(*range(1, 12))) == Wait(least_min=2, most_min=10)
    assert wait_of(minutes(*[3.5] * 9)) == Wait(least_min=3, most_min=4)
    assert wait_of(minutes(*[23] * 9)) == Wait(least_min=20, most_min=25)
    assert wait_of(minutes(*[5] * 5)) == Wait(least_min=5, most_min=6)


@given(st.lists(st.floats(0, 600), min_size=LEAST_TICKETS, max_size=60))
def test_no_more_than_one_in_ten_and_one_lie_on_either_side_of_the_interval(
    waited: list[float],
) -> None:
    wait = wait_of(minutes(*waited))
    assert wait is not None
    assert 0 <= wait.least_min < wait.most_min
    below = sum(one < wait.least_min - 1e-6 for one in waited)
    above = sum(one > wait.most_min + 1e-6 for one in waited)
    assert below <= 0.1 * (len(waited) - 1) + 1
    assert above <= 0.1 * (len(waited) - 1) + 1
