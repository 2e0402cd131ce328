"""Kills workers while chats are handled, and looks whether everything happened once and in order."""

import asyncio
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.book import count
from tests.chaos.store import open_store
from tests.chaos.worker import LEASE_S
from tests.contracts.examples import inbound

from servicebot.domain.messages import Author
from servicebot.ports.ledger import Ledger
from servicebot.ports.mailbox import Accepted

ROOT = Path(__file__).parents[2]
KILL_EVERY_S = 0.6
WORKERS = 3


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is said, and what share of the broken workers stand still instead of dying."""

    chats: int = 40
    messages: int = 25
    stops: float = 0.3


@dataclass(kw_only=True)
class Outcome:
    """What a run has shown; `faults` is empty where all promises held."""

    kills: int = 0
    stops: int = 0
    deliveries: int = 0
    entries: int = 0
    calls: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class _Crew:
    """Workers that are started again whenever they are gone."""

    url: str
    folder: Path
    fenced: bool
    jumping: bool
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)
    busy: set[asyncio.Task[None]] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)

    async def start_one(self) -> asyncio.subprocess.Process:
        fence = "fenced" if self.fenced else "open"
        clock = "jumping" if self.jumping else "steady"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.worker", self.url, str(self.folder), fence, clock),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdout is not None
        await process.stdout.readline()
        return process

    async def start(self) -> None:
        self.processes = list(await asyncio.gather(*(self.start_one() for _ in range(WORKERS))))

    async def kill(self, number: int) -> None:
        process = self.processes[number]
        process.kill()
        # In a task of its own: the run may end here, and the worker must come up all the same.
        self.busy.add(asyncio.create_task(self._start_again(number, process)))
        await process.wait()

    async def _start_again(self, number: int, killed: asyncio.subprocess.Process) -> None:
        await killed.wait()
        self.processes[number] = await self.start_one()

    def stop_for_a_while(self, number: int) -> None:
        """Longer than its lease: when it goes on, others have its conversations."""
        process = self.processes[number]
        self.stopped.add(number)
        process.send_signal(signal.SIGSTOP)
        self.busy.add(asyncio.create_task(self._wake(number, process)))

    async def _wake(self, number: int, process: asyncio.subprocess.Process) -> None:
        await asyncio.sleep(LEASE_S + 0.5)
        process.send_signal(signal.SIGCONT)
        self.stopped.discard(number)

    async def end(self) -> None:
        await asyncio.gather(*self.busy)
        for process in self.processes:
            process.kill()
            await process.wait()


async def kill_workers(
    seed: int,
    url: str,
    folder: Path,
    *,
    size: Size | None = None,
    fenced: bool = True,
    jumping: bool = False,
) -> Outcome:
    """One run: `size.chats` chats say their messages, each up to four times, while workers die.

    With `jumping` the wall clock of each worker jumps about, up to an hour either way.
    """
    size, dice, outcome = size or Size(), random.Random(seed), Outcome()
    crew = _Crew(url, folder, fenced, jumping)
    began = asyncio.get_running_loop().time()
    async with open_store(url, folder) as (ledger, _):
        await crew.start()
        try:
            breaking = asyncio.create_task(_break(crew, dice, outcome, size.stops))
            await _say_all(ledger, size, random.Random(seed + 1), outcome)
            await _until_quiet(ledger, breaking)
        finally:
            await crew.end()
        outcome.seconds = asyncio.get_running_loop().time() - began
        await _look(ledger, folder, size, outcome)
    return outcome


async def _break(crew: _Crew, dice: random.Random, outcome: Outcome, stops: float) -> None:
    while True:
        await asyncio.sleep(KILL_EVERY_S * dice.uniform(0.6, 1.4))
        number = dice.randrange(WORKERS)
        if crew.processes[number].returncode is not None or number in crew.stopped:
            continue  # it is being started, or stands still
        if dice.random() < stops:
            crew.stop_for_a_while(number)
            outcome.stops += 1
        else:
            await crew.kill(number)
            outcome.kills += 1


async def _say_all(ledger: Ledger, size: Size, dice: random.Random, outcome: Outcome) -> None:
    async def chat(number: int) -> None:
        for said in range(size.messages):
            message = inbound(f"c{number}m{said}", conversation=f"c{number}")
            copies = [message] * (1 + dice.randrange(4))
            while True:
                taken = await asyncio.gather(*(ledger.mailbox.accept(one) for one in copies))
                outcome.deliveries += len(copies)
                if Accepted.FULL not in taken:
                    break
                await asyncio.sleep(0.05)  # a person would wait too
            await asyncio.sleep(dice.uniform(0, 0.4))

    await asyncio.gather(*(chat(number) for number in range(size.chats)))


async def _until_quiet(ledger: Ledger, breaking: asyncio.Task[None]) -> None:
    """The last messages are handled in peace, and a worker that stands still wakes up."""
    breaking.cancel()
    await asyncio.gather(breaking, return_exceptions=True)
    async with asyncio.timeout(60):
        while (await ledger.mailbox.load()).waiting > 0:  # without a fence it may be counted below
            await asyncio.sleep(0.05)
    await asyncio.sleep(LEASE_S / 2)


async def _look(ledger: Ledger, folder: Path, size: Size, outcome: Outcome) -> None:
    wanted = [f"text of c{{}}m{said}" for said in range(size.messages)]
    for number in range(size.chats):
        lines = await ledger.timeline.lines(f"wechat:c{number}", 0)
        for author in (Author.CUSTOMER, Author.BOT):
            said = [line.message.text for line in lines if line.author is author]
            if said != [text.format(number) for text in wanted]:
                outcome.faults.append(f"c{number}: the {author.value} said {said}")
    outcome.entries, outcome.calls = count(folder / "book.db")
    total = size.chats * size.messages
    if outcome.entries != total:
        outcome.faults.append(f"the book has {outcome.entries} entries of {total}")
    if depth := (await ledger.mailbox.load()).waiting:
        outcome.faults.append(f"{depth} messages still wait")
