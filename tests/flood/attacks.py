"""The floods, each played by a process of its own: `python -m tests.flood.attacks NAME URL SECONDS`.

They come from another address of this machine than the customers who are watched meanwhile, and
each prints one JSON object: what became of what it sent.
"""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import orjson

FROM: Final = "127.0.0.66"
_LATEST_S: Final = 10.0
Told = dict[str, float | str]


def session() -> aiohttp.ClientSession:
    """A client without a bound on lines."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, local_addr=(FROM, 0)),
        timeout=aiohttp.ClientTimeout(total=_LATEST_S),
    )


async def _line(url: str, first: bytes, drip: bytes, seconds: float) -> float:
    """One connection that says `first`, then `drip` each second; how long it was let."""
    parts, began = urlsplit(url), time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            near, back = await asyncio.open_connection(
                parts.hostname, parts.port, local_addr=(FROM, 0)
            )
            try:
                back.write(first)
                while True:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(1.0):
                            if not await near.read(4096):
                                break
                    back.write(drip)
            finally:
                back.transport.abort()
    except (OSError, TimeoutError):
        pass
    return time.monotonic() - began


async def _lines(url: str, seconds: float, count: int, first: bytes, drip: bytes) -> Told:
    async with asyncio.TaskGroup() as group:
        lines = [group.create_task(_line(url, first, drip, seconds)) for _ in range(count)]
    held = sorted(line.result() for line in lines)
    return {
        "connections": count,
        "still open at the end": sum(one >= seconds - 0.5 for one in held),
        "longest held (s)": held[-1],
    }


async def idle(url: str, seconds: float) -> Told:
    """Connections that never say a word."""
    return await _lines(url, seconds, 1_100, b"", b"")


async def slow_header(url: str, seconds: float) -> Told:
    """A header that never ends."""
    return await _lines(url, seconds, 300, b"GET /chat HTTP/1.1\r\nHost: x\r\nX-A: ", b"a")


async def slow_body(url: str, seconds: float) -> Told:
    """A body that never ends."""
    head = (
        b"POST /v1/chat/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: 5000\r\n\r\n{"
    )
    return await _lines(url, seconds, 300, head, b" ")


async def _at_rate(
    send: Callable[[int], Awaitable[int]],
    rate: float,
    seconds: float,
    *,
    at_once: int = 500,
    patient: bool = False,
) -> Counter[str]:
    """Sends at a rate while time is left, or all; counts the states of the answers."""
    found: Counter[str] = Counter()
    free = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        try:
            found[str(await send(number))] += 1
        except (aiohttp.ClientError, TimeoutError, OSError):
            found["no answer"] += 1
        finally:
            free.release()

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number in range(round(rate * seconds)):
            await asyncio.sleep(max(began + number / rate - time.monotonic(), 0.0))
            await free.acquire()
            if time.monotonic() - began > seconds and not patient:
                break
            group.create_task(one(number))
    found["seconds"] = round(time.monotonic() - began)
    return found


async def conversations(url: str, seconds: float) -> Told:
    """A new conversation for each message."""
    run = random.Random().randrange(10**9)
    async with session() as http:

        async def send(number: int) -> int:
            body = {"conversation": f"f{run}-{number}", "id": "1", "text": "提前还款要手续费吗"}
            async with http.post(f"{url}/v1/messages", json=body) as response:
                return response.status

        return dict(await _at_rate(send, 1_000, seconds))


async def tickets(url: str, seconds: float) -> Told:
    """Sessions of the chat page that nobody uses."""
    async with session() as http:

        async def send(_: int) -> int:
            async with http.post(f"{url}/v1/chat/sessions", json={"language": "zh"}) as response:
                return response.status

        return dict(await _at_rate(send, 2_000 / 15, min(seconds, 15)))


async def sign_ins(url: str, _: float) -> Told:
    """A hundred sign-ins with names that nobody has, all at once."""
    async with session() as http:

        async def send(number: int) -> int:
            body = {"name": f"nobody{number}", "password": "x" * 12}
            async with http.post(f"{url}/v1/desk/sign-in", json=body) as response:
                return response.status

        return dict(await _at_rate(send, 100_000, 0.001, at_once=100, patient=True))


async def _ticket(http: aiohttp.ClientSession, url: str) -> str:
    """A chat of the page; while the server has too much to do one waits as it says."""
    while True:
        async with http.post(f"{url}/v1/chat/sessions", json={"language": "zh"}) as response:
            if response.status == 201:
                return str((await response.json())["ticket"])
        await asyncio.sleep(float(response.headers.get("Retry-After", "1")))


async def pings(url: str, seconds: float) -> Told:
    """One page that asks whether we hear, as fast as it can."""
    sent = 0
    async with session() as http:
        ticket = await _ticket(http, url)
        until = time.monotonic() + seconds
        async with http.ws_connect(f"{url}/v1/chat/socket") as socket:
            await socket.send_json({"type": "hello", "ticket": ticket, "after": 0})

            async def read() -> None:
                async for _ in socket:
                    pass

            reading = asyncio.create_task(read())
            with suppress(aiohttp.ClientError):
                while not socket.closed and not reading.done() and time.monotonic() < until:
                    for _ in range(50):
                        await socket.send_str('{"type":"ping"}')
                    sent += 50
                    await asyncio.sleep(0)
            closed_after = seconds - max(until - time.monotonic(), 0.0)
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            return {"pings": sent, "close code": socket.close_code or 0, "after (s)": closed_after}


ATTACKS: Final[Mapping[str, Callable[[str, float], Coroutine[None, None, Told]]]] = {
    "idle": idle,
    "slow_header": slow_header,
    "slow_body": slow_body,
    "sign_ins": sign_ins,
    "conversations": conversations,
    "pings": pings,
    "tickets": tickets,
}


def main(name: str, url: str, seconds: float) -> None:
    os.nice(10)  # an attacker has a machine of his own
    sys.stdout.write(orjson.dumps(asyncio.run(ATTACKS[name](url, seconds))).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
