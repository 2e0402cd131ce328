"""Decides many recorded turns again, in other processes, on other threads, in other batches.

Run: `.venv/bin/python benchmarks/replay.py [--turns N] [--chats N]`. First a real server with the sample
bank talks: the content's `held_out` lines over some hundred conversations of strangers and of linked sample
customers, among them lookups, terms of a repayment that are shown and left, and wishes for a person, sixteen
conversations at a time. Then each of several processes decides all these turns again: with another number
of threads for the model, in another order, in batches of another size, with another seed for the hashes of
Python. Nothing may come out differently, by a bit: exit code 1 where something does.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.bench.questions import distinct_questions
from servicebot.app.origins import allowed_origins
from servicebot.app.seal import open_seal
from servicebot.app.stage import LiveStage, open_stage
from servicebot.app.stores import open_records
from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.hearing.listen import Listener
from servicebot.ports.records import Found
from servicebot.settings import Settings, load_settings
from servicebot.turns.replay import Difference, Replayer
from servicebot.turns.replay_many import Replay
from servicebot.understanding.microbatch import MicroBatcher

ROOT = Path(__file__).parents[1]
AT_ONCE = 16
LINK = "核实身份"
TASKS: Sequence[Sequence[str]] = (
    ("查余额", "我有哪些贷款"),
    ("我要提前还款", "第一笔", "500", "那手续费多少", "算了"),
    ("I want to repay my loan early", "the first one", "300", "never mind"),
    ("这个月要还多少", "还款计划"),
    ("转人工", "还要等多久"),
    ("查余额", "show my recent transactions"),
)
# Threads of the model, the seed of the order and of the hashes, and turns side by side.
RUNS = ((1, 1, 64), (3, 2, 7))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--chats", type=int, default=400)
    parser.add_argument("--replay", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.replay:
        folder, seed, size = chosen.replay
        asyncio.run(replay(Path(folder), int(seed), int(size)))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(record(Path(folder), chosen.turns, chosen.chats))
        differ = asyncio.run(replay_in_turn(Path(folder)))
    sys.exit(1 if differ else 0)


async def record(folder: Path, turns: int, chats: int) -> None:
    """Talks until there are about so many turns."""
    settings = replace(load_settings({}, start=ROOT), log_level="ERROR")
    content = load_content(settings.content_dir)
    understander = build_understander(settings, content)
    texts = distinct_questions(content)
    each = turns // chats
    begun = time.perf_counter()
    async with open_stage(settings, content, understander, folder) as stage:
        gate = asyncio.Semaphore(AT_ONCE)
        bank = stage.engine.services.settings.bank.url
        async with aiohttp.ClientSession() as http, http.get(f"{bank}/sandbox/customers") as found:
            customers = [one["customer"] for one in (await found.json())["customers"]]

            async def chat(number: int) -> None:
                async with gate:
                    sample = customers[number % len(customers)] if number % 3 else None
                    said = script(random.Random(number), list(islice(texts, each)))
                    await talk(http, stage, f"chat-{number}", sample, said)

            await asyncio.gather(*(chat(number) for number in range(chats)))
        await stage.engine.flush_records()
    print(f"recorded in {time.perf_counter() - begun:.0f} s", flush=True)


def script(dice: random.Random, questions: list[str]) -> list[str]:
    """The questions with two tasks among them, in the place of as many questions."""
    for task in dice.sample(TASKS, 2):
        place = dice.randrange(max(len(questions) - len(task), 1))
        questions[place : place + len(task)] = task
    return questions


async def talk(
    http: aiohttp.ClientSession, stage: LiveStage, name: str, sample: str | None, said: list[str]
) -> None:
    """One conversation; a sample customer uses the page to be known."""
    if sample is not None:
        replies = await say(http, stage, name, "link", LINK)
        links = [link["url"] for reply in replies for link in reply["links"]]
        url = urlsplit(links[-1])
        token = url.path.rsplit("/", 1)[-1]
        there = f"{url.scheme}://{url.netloc}/sandbox/links/{token}/approve"
        async with http.post(there, json={"customer": sample}) as done:
            done.raise_for_status()
    for number, words in enumerate(said):
        await say(http, stage, name, str(number), words)


async def say(
    http: aiohttp.ClientSession, stage: LiveStage, name: str, number: str, words: str
) -> list[dict[str, Any]]:
    body = {"conversation": name, "id": number, "text": words}
    async with http.post(f"{stage.url}/v1/messages?wait=1", json=body) as response:
        response.raise_for_status()
        replies: list[dict[str, Any]] = (await response.json())["replies"] or []
        return replies


async def replay_in_turn(folder: Path) -> int:
    """Replays in one process after another; how many turns came out differently."""
    differ = 0
    print("| threads | seed | side by side | turns | differ | s |\n|---|---|---|---|---|---|")
    for threads, seed, size in RUNS:
        environ = {
            **os.environ,
            "SERVICEBOT_ENCODER_THREADS": str(threads),
            "PYTHONHASHSEED": str(seed),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, __file__, "--replay", str(folder), str(seed), str(size)),
            env=environ,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
        found = json.loads(told)
        cells = (threads, seed, size, found["decided_again"], found["differing"], found["s"])
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
        for one in found["differences"][:5]:
            print(f"  {one['turn_id']} {one['what']}\n    then {one['then']}\n    now {one['now']}")
        if seed == RUNS[0][1]:
            print(f"  decisions: {found['decisions']}")
        differ += found["differing"] + found["other_version"] + (process.returncode or 0)
    return differ


async def replay(folder: Path, seed: int, size: int) -> None:
    """Decides all turns of the records again, shuffled, so many side by side."""
    settings = load_settings(os.environ, start=ROOT)
    settings = replace(settings, records_url=f"sqlite:///{folder / 'records.db'}")
    content = load_content(settings.content_dir)
    understander = build_understander(settings, content)
    found, kinds, begun = list[Difference](), Counter[str](), time.perf_counter()
    async with MicroBatcher(understander, deadline_s=120) as batcher:
        listener, origins = Listener(batcher, content), allowed_origins(settings)
        run = Replay(Replayer(listener, content, understander.model_hash, origins), found.append)
        receipts = await shuffled(settings, seed)
        for first in range(0, len(receipts), size):
            chunk = receipts[first : first + size]
            kinds.update(one.decision.split(":")[0] for one in chunk)
            await run.add(Found(receipts=tuple(chunk), unreadable=0))
    told = {
        **asdict(run.tally),
        "s": round(time.perf_counter() - begun),
        "decisions": dict(kinds.most_common()),
        "differences": [asdict(one) for one in found],
    }
    print(json.dumps(told, ensure_ascii=False))


async def shuffled(settings: Settings, seed: int) -> list[Any]:
    seal = open_seal(settings.store, SystemClock())
    async with open_records(settings, seal) as records:
        receipts: list[Any] = []
        place = None
        while (page := await records.read_on(place, 500)).end is not None:
            receipts += page.found.receipts
            place = page.end
    random.Random(seed).shuffle(receipts)
    return receipts


if __name__ == "__main__":
    main()
