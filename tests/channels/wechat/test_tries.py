"""The platform's tries of one message."""

from tests.contracts.settable_clock import SettableClock

from servicebot.channels.wechat.tries import Tries


def test_the_newest_try_is_the_one_to_answer() -> None:
    tries = Tries(SettableClock())
    first = tries.enter("m")
    assert tries.is_newest(first)
    second = tries.enter("m")
    assert tries.is_newest(second)
    assert not tries.is_newest(first)
    assert tries.is_newest(tries.enter("other"))


def test_a_retry_is_told_what_was_said_and_a_copy_is_not() -> None:
    clock = SettableClock()
    tries = Tries(clock)
    tries.said(tries.enter("m"), "words")
    assert tries.said_before(tries.enter("m")) is None
    clock.advance(5)
    assert tries.said_before(tries.enter("m")) == "words"
    assert tries.said_before(tries.enter("other")) is None


def test_a_message_is_forgotten_after_a_minute() -> None:
    clock = SettableClock()
    tries = Tries(clock)
    tries.said(tries.enter("m"), "words")
    clock.advance(61)
    assert tries.said_before(tries.enter("m")) is None
    assert len(tries._seen) == 1
