"""A bank that does not answer is left alone for a while."""

from datetime import UTC, datetime

import pytest

from servicebot.banking.circuit import Circuit
from servicebot.domain.errors import UnavailableError


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC)

    def monotonic_s(self) -> float:
        return self.at


def broken(clock: HandClock) -> Circuit:
    circuit = Circuit(clock, failures=3, open_s=10.0)
    for _ in range(3):
        circuit.enter()
        circuit.failed()
    return circuit


def test_it_opens_after_failures_in_a_row() -> None:
    with pytest.raises(UnavailableError) as caught:
        broken(HandClock()).enter()
    assert caught.value.retry_after_s == pytest.approx(10.0)


def test_a_success_between_failures_keeps_it_closed() -> None:
    circuit = Circuit(HandClock(), failures=2)
    for end in (circuit.failed, circuit.succeeded, circuit.failed):
        circuit.enter()
        end()
    circuit.enter()


def test_after_the_wait_one_probe_goes_and_the_next_waits_for_it() -> None:
    clock = HandClock()
    circuit = broken(clock)
    clock.at = 10.0
    circuit.enter()
    with pytest.raises(UnavailableError):
        circuit.enter()
    circuit.succeeded()
    circuit.enter()


def test_a_failed_probe_opens_it_again() -> None:
    clock = HandClock()
    circuit = broken(clock)
    clock.at = 10.0
    circuit.enter()
    circuit.failed()
    clock.at = 19.0
    with pytest.raises(UnavailableError):
        circuit.enter()
