"""How long a message would wait, learnt from looks at the mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.ports.mailbox import Load
from servicebot.turns.pace import FIRST_PER_S, Pace


def play(per_s: float, seconds: float, *, waiting: int) -> Pace:
    """A mailbox that is never empty, whose workers do so much a second."""
    pace = Pace()
    for look in range(round(seconds * 4) + 1):
        pace.look(look / 4, Load(waiting=waiting, handled=round(look / 4 * per_s)))
    return pace


def test_before_anything_was_seen_a_usual_rate_is_believed() -> None:
    pace = Pace()
    pace.look(0.0, Load(waiting=80, handled=0))
    assert pace.wait_s() == pytest.approx(80 / FIRST_PER_S)


@given(per_s=st.floats(2, 500))
def test_the_rate_of_a_busy_mailbox_is_learnt_within_ten_seconds(per_s: float) -> None:
    assert play(per_s, 10, waiting=50).per_s == pytest.approx(per_s, rel=0.15, abs=1.0)


def test_an_idle_mailbox_says_nothing_of_what_its_workers_can_do() -> None:
    pace = Pace()
    for look in range(200):
        pace.look(look / 4, Load(waiting=0, handled=look // 8))
    assert pace.per_s == FIRST_PER_S


def test_workers_that_do_nothing_are_not_waited_for() -> None:
    assert play(0, 10, waiting=50).wait_s() > 60


def test_who_came_since_the_last_look_counts() -> None:
    pace = Pace()
    pace.look(0.0, Load(waiting=0, handled=0))
    for _ in range(100):
        pace.came()
    assert pace.waiting == 100


@given(
    looks=st.lists(
        st.tuples(st.floats(0, 20), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=50
    )
)
def test_whatever_is_seen_the_wait_is_a_number_that_is_not_below_none(
    looks: list[tuple[float, int, int]],
) -> None:
    pace, at_s = Pace(), 0.0
    for pause, waiting, handled in looks:
        at_s += pause
        pace.look(at_s, Load(waiting=waiting, handled=handled))
        assert 0 <= pace.wait_s() < float("inf")
