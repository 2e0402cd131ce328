"""The log under attack: one line per kind and minute, with a count, and nothing else is lost."""

import logging

from servicebot.telemetry.quiet import Quiet


class Clock:
    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def line(logger: str, event: str, error: type[Exception] | None = None) -> logging.LogRecord:
    told = (error, error("x"), None) if error is not None else None
    return logging.LogRecord(logger, logging.ERROR, "f", 1, event, (), told)


def test_what_strangers_cause_is_one_line_a_minute_with_a_count() -> None:
    clock = Clock()
    quiet = Quiet(clock)
    records = [line("asyncio", "socket.accept() out of system resource", OSError)] * 5_000
    assert sum(quiet.filter(record) for record in records) == 1
    clock.s = 61.0
    after = line("asyncio", "socket.accept() out of system resource", OSError)
    assert quiet.filter(after)
    assert after.__dict__["kept_back"] == 4_999
    assert not quiet.filter(line("asyncio", "socket.accept() out of system resource", OSError))


def test_another_kind_and_another_error_have_lines_of_their_own() -> None:
    quiet = Quiet(Clock())
    assert quiet.filter(line("servicebot.web.middlewares", "request_failed", ValueError))
    assert quiet.filter(line("servicebot.web.middlewares", "request_failed", KeyError))
    assert quiet.filter(line("aiohttp.server", "Unhandled exception", KeyError))
    assert not quiet.filter(line("servicebot.web.middlewares", "request_failed", ValueError))


def test_our_own_faults_are_told_one_by_one_until_they_are_a_flood() -> None:
    quiet = Quiet(Clock())
    assert sum(quiet.filter(line("servicebot.turns.work", "turn_failed")) for _ in range(100)) == 30


def test_lines_of_the_day_are_never_kept_back() -> None:
    quiet = Quiet(Clock())
    record = logging.LogRecord("servicebot.turns.work", logging.INFO, "f", 1, "turn_done", (), None)
    assert all(quiet.filter(record) for _ in range(1_000))


def test_ever_new_kinds_do_not_fill_the_memory() -> None:
    quiet = Quiet(Clock())
    for number in range(5_000):
        quiet.filter(line("asyncio", f"event {number}"))
    assert len(quiet._kinds) <= 1_000
