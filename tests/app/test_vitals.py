"""A process says what keeps it from its work."""

import asyncio
import logging

import pytest
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.app import vitals as module
from servicebot.app.loops import by_one, running
from servicebot.app.vitals import Vitals
from servicebot.domain.errors import UnavailableError


class Crew:
    """Works until it is stopped, or dies of a fault."""

    def __init__(self) -> None:
        self.stopping, self.fault = asyncio.Event(), asyncio.Event()

    async def run(self, count: int) -> None:
        stopped = asyncio.create_task(self.stopping.wait())
        faulty = asyncio.create_task(self.fault.wait())
        await asyncio.wait({stopped, faulty}, return_when=asyncio.FIRST_COMPLETED)
        if self.fault.is_set():
            raise RuntimeError(f"{count} workers died")

    def stop(self) -> None:
        self.stopping.set()


async def test_a_loop_that_has_died_is_named_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    vitals, crew = Vitals(), Crew()
    context = running(crew, 3, name="workers", vitals=vitals)
    await context.__aenter__()
    assert await vitals.waits_for() == ()
    crew.fault.set()
    await asyncio.sleep(0.01)
    assert await vitals.waits_for() == ("workers has stopped",)
    with pytest.raises(RuntimeError):
        await context.__aexit__(None, None, None)
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL]


async def test_a_crew_that_was_told_to_stop_is_no_fault() -> None:
    vitals, crew = Vitals(), Crew()
    async with running(crew, 1, name="workers", vitals=vitals):
        vitals.stop_all()
        await asyncio.sleep(0.01)
        assert await vitals.waits_for() == ()


async def test_a_store_that_fails_or_is_silent_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_S", 0.01)
    vitals = Vitals()

    async def fails() -> None:
        raise UnavailableError("the disk is full")

    async def hangs() -> None:
        await asyncio.sleep(5)

    vitals.ask("the store", fails)
    vitals.ask("the records", hangs)
    assert await vitals.waits_for() == (
        "the store does not answer: the disk is full",
        "the records does not answer: silence",
    )


async def test_of_many_processes_one_does_a_job_in_each_round() -> None:
    clock = SettableClock()
    shared, done = InProcessShared(clock), 0

    async def job() -> None:
        nonlocal done
        done += 1

    processes = [by_one(shared, "archive", 10.0, job) for _ in range(5)]
    for _ in range(3):
        for process in processes:
            await process()
        clock.advance(10.0)
    assert done == 3
