"""The platform's tries of one message."""

from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.channels.wechat.tries import Tries


def made(clock: SettableClock) -> Tries:
    return Tries(InProcessShared(clock), clock)


async def test_the_newest_try_is_the_one_to_answer() -> None:
    tries = made(SettableClock())
    first = await tries.enter("m")
    assert await tries.is_newest(first)
    second = await tries.enter("m")
    assert await tries.is_newest(second)
    assert not await tries.is_newest(first)
    assert await tries.is_newest(await tries.enter("other"))


async def test_a_retry_is_told_what_was_said_and_a_copy_is_not() -> None:
    clock = SettableClock()
    tries = made(clock)
    await tries.said(await tries.enter("m"), "words")
    assert await tries.said_before(await tries.enter("m")) is None
    clock.advance(5)
    assert await tries.said_before(await tries.enter("m")) == "words"
    assert await tries.said_before(await tries.enter("other")) is None


async def test_a_message_is_forgotten_after_a_minute() -> None:
    clock = SettableClock()
    tries = made(clock)
    await tries.said(await tries.enter("m"), "words")
    clock.advance(61)
    assert await tries.said_before(await tries.enter("m")) is None
