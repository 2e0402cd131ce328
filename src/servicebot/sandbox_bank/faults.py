"""Faults on demand: the next calls of a path fail in a chosen way.

What each kind does, and whether the work behind the call is done:

    error         500                                      not done
    refuse        503                                      not done
    hang          silence for `seconds`, then cut          not done
    latency       waits `seconds`, then works and answers, done
                  whether or not the caller still listens
    drop_reply    cuts the connection                      done
    garbage       200 with something that is no JSON       done
    processing    a repayment stays under way `seconds`    done later
    failing       the same, then it fails                  done and undone
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from servicebot.sandbox_bank.call import LateSettlement
from servicebot.sandbox_bank.problems import JsonObject, ProblemError
from servicebot.sandbox_bank.wire import Fields, invalid

KINDS: Final = (
    "error",
    "hang",
    "drop_reply",
    "garbage",
    "latency",
    "refuse",
    "processing",
    "failing",
)
LATE_KEY: Final = web.RequestKey("late_settlement", LateSettlement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One order of faults; `method` is empty for any."""

    method: str
    path: str
    kind: str
    count: int
    seconds: float


def parse_fault(body: JsonObject) -> Fault:
    """Read the body of `POST /sandbox/faults`."""
    fields = Fields(body, known=("method", "path", "kind", "count", "seconds"))
    kind = fields.text("kind")
    if kind not in KINDS:
        raise invalid("kind must be one of " + ", ".join(KINDS))
    path = fields.text("path")
    if not path.startswith("/v1/"):
        raise invalid("path must start with /v1/")
    return Fault(
        method=fields.text("method").upper() if fields.has("method") else "",
        path=path,
        kind=kind,
        count=fields.integer("count", least=1, most=1_000_000),
        seconds=fields.seconds("seconds", otherwise=1.0),
    )


class Faults:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._stopping = asyncio.Event()

    def add(self, fault: Fault) -> None:
        """Queue a fault."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Forget all faults."""
        self._orders.clear()

    def stop(self) -> None:
        """Wake whoever is made to wait, so that the program can end."""
        self.clear()
        self._stopping.set()

    def take(self, method: str, path: str) -> Fault | None:
        """Use up one fault that fits the call."""
        for place, fault in enumerate(self._orders):
            if fault.method in {"", method} and path.startswith(fault.path):
                if fault.count == 1:
                    del self._orders[place]
                else:
                    self._orders[place] = replace(fault, count=fault.count - 1)
                return fault
        return None

    async def wait(self, seconds: float) -> None:
        """Wait, but not longer than the program runs."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


async def handle_with_fault(
    fault: Fault, faults: Faults, request: web.Request, handler: Handler
) -> web.StreamResponse:
    """Handle a call in the way the fault asks for."""
    match fault.kind:
        case "error":
            raise ProblemError("internal_error", "a fault that was asked for")
        case "refuse":
            raise ProblemError("unavailable", "a fault that was asked for")
        case "hang":
            await faults.wait(fault.seconds)
            return _cut(request)
        case "latency":
            await request.read()  # a caller who hangs up meanwhile takes the rest with it
            await faults.wait(fault.seconds)
        case "processing":
            request[LATE_KEY] = LateSettlement(seconds=fault.seconds, outcome="succeeded")
        case "failing":
            request[LATE_KEY] = LateSettlement(seconds=fault.seconds, outcome="failed")
        case _:
            pass
    return _disguise(fault, request, await handler(request))


def _disguise(
    fault: Fault, request: web.Request, response: web.StreamResponse
) -> web.StreamResponse:
    if fault.kind == "drop_reply":
        return _cut(request)
    if fault.kind == "garbage":
        return web.Response(body=b"<html>\x00\xff not what you asked for", content_type="text/html")
    return response


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
