"""The whole topology as plain processes on one machine: for trying it, and for the tests."""

import asyncio
import logging
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from servicebot.domain.errors import SettingsError, UnavailableError

STOP_WITHIN_S: Final = 25.0
READY_WITHIN_S: Final = 600.0  # the first worker may fit the model
_AGAIN_S: Final = 1.0
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process of the topology.

    Attributes:
        name: `web-1`, `work-2`.
        command: What is run.
        port: Where it answers /readyz.
        environ: Its whole environment.
    """

    name: str
    command: tuple[str, ...]
    port: int
    environ: Mapping[str, str] = field(repr=False)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


def plan(environ: Mapping[str, str], *, web: int, work: int, first_port: int) -> tuple[Part, ...]:
    """The processes: `web` on ports from `first_port`, the rest above them.

    `environ` must name the Redis that they share.
    """
    parts = []
    counts = (("web", web), ("work", work), ("deliver", 1))
    names = [f"{role}-{number}" for role, count in counts for number in range(1, count + 1)]
    for place, name in enumerate(names):
        role = name.partition("-")[0]
        port = first_port + place
        settings = {"SERVICEBOT_WEB_PORT": str(port), "SERVICEBOT_HEALTH_PORT": str(port)}
        command = (sys.executable, "-m", "servicebot", role)
        parts.append(Part(name=name, command=command, port=port, environ={**environ, **settings}))
    return tuple(parts)


class Cluster:
    """Starts the parts and starts again what ends."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self._keepers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Starts one worker, which fits the model where that is needed, and then all others.

        Raises:
            UnavailableError: A part was not ready in time.
        """
        first = next(part for part in self.parts if part.name.startswith("work"))
        await self._keep(first)
        await ready(first)
        for part in self.parts:
            if part is not first:
                await self._keep(part)
        await asyncio.gather(*(ready(part) for part in self.parts))

    async def stop(self) -> None:
        """Lets every part drain."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                process.terminate()
        await asyncio.gather(*(_end(process) for process in self.processes.values()))

    async def _keep(self, part: Part) -> None:
        self.processes[part.name] = await _start(part)
        self._keepers.append(asyncio.create_task(self._restart(part)))

    async def _restart(self, part: Part) -> None:
        while True:
            code = await self.processes[part.name].wait()
            _logger.warning("part_ended", extra={"part": part.name, "code": code})
            await asyncio.sleep(_AGAIN_S)
            self.processes[part.name] = await _start(part)


async def ready(part: Part) -> None:
    """Waits until a part is ready.

    Raises:
        UnavailableError: It was not in time.
    """
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            while not await _is_ready(part.port):  # noqa: ASYNC110  another process
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise UnavailableError(
            f"{part.name} was not ready within {READY_WITHIN_S:.0f} s."
        ) from error


@asynccontextmanager
async def own_redis(folder: Path) -> AsyncIterator[str]:
    """Runs the machine's redis-server with its files in `folder`; gives its address.

    Raises:
        SettingsError: It is not installed.
        UnavailableError: It did not come up.
    """
    program = shutil.which("redis-server")
    if program is None:
        fault = (
            "SERVICEBOT_REDIS_URL: set the address of a Redis, or install redis-server "
            "(Debian: apt install redis-server)."
        )
        raise SettingsError((fault,))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # noqa: ASYNC240  once, at the start
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        *(program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)),
        *("--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning"),
        stdout=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches the whole group; it must outlive the others
    )
    try:
        await _answers(port)
        yield f"redis://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _start(part: Part) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *part.command, env=part.environ, start_new_session=True
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(STOP_WITHIN_S):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()


async def _is_ready(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(5):
            status = await reader.readline()
        writer.close()
    except (OSError, TimeoutError):
        return False
    return b" 200 " in status


async def _answers(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise UnavailableError("redis-server did not come up.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
