"""A bank that does not answer is left alone for a while, by every process."""

import pytest
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.banking.circuit import Circuit
from servicebot.domain.errors import NotSentError


def circuit(clock: SettableClock) -> Circuit:
    return Circuit(InProcessShared(clock), "loan.list", failures=3, open_s=10.0)


async def broken(clock: SettableClock) -> Circuit:
    made = circuit(clock)
    for number in range(3):
        await made.enter()
        await made.failed(f"s-{number}")
    return made


async def test_it_opens_after_failures_in_a_row() -> None:
    made = await broken(SettableClock())
    with pytest.raises(NotSentError) as caught:
        await made.enter()
    assert caught.value.retry_after_s == pytest.approx(10.0)


async def test_it_is_open_for_every_process_and_for_its_operation_only() -> None:
    shared = InProcessShared(SettableClock())
    for number in range(3):
        await Circuit(shared, "loan.list", failures=3).failed(f"s-{number}")
    with pytest.raises(NotSentError):
        await Circuit(shared, "loan.list", failures=3).enter()
    await Circuit(shared, "card.list", failures=3).enter()


async def test_a_success_between_failures_keeps_it_closed() -> None:
    made = circuit(SettableClock())
    for number in range(2):
        await made.failed(f"s-{number}")
    await made.succeeded()
    await made.failed("s-3")
    await made.enter()


async def test_one_customers_broken_record_says_nothing_of_the_bank() -> None:
    made = circuit(SettableClock())
    for _ in range(50):
        await made.enter()
        await made.failed("s-1")
    await made.failed("s-2")
    with pytest.raises(NotSentError):
        await made.enter()


async def test_after_the_wait_one_probe_goes_and_the_next_waits_for_it() -> None:
    clock = SettableClock()
    made = await broken(clock)
    clock.advance(10.0)
    await made.enter()
    with pytest.raises(NotSentError):
        await made.enter()
    await made.succeeded()
    await made.enter()


async def test_a_failed_probe_opens_it_again() -> None:
    clock = SettableClock()
    made = await broken(clock)
    clock.advance(10.0)
    await made.enter()
    await made.failed("s-0")
    clock.advance(9.0)
    with pytest.raises(NotSentError):
        await made.enter()


async def test_a_probe_that_was_not_made_lets_the_next_one_try() -> None:
    clock = SettableClock()
    made = await broken(clock)
    clock.advance(10.0)
    await made.enter()
    await made.left()
    await made.enter()


async def test_a_process_that_died_while_it_probed_blocks_nobody_for_long() -> None:
    clock = SettableClock()
    made = await broken(clock)
    clock.advance(10.0)
    await made.enter()
    clock.advance(31.0)
    await made.enter()
