"""What a worker holds and how long it takes to be ready, beside an earlier commit in the same run.

Run: `.venv/bin/python benchmarks/memory.py [--before COMMIT]`. Three processes understand their first
text from the cache of fitted parts: the first alone, then two more at the same time while it lives, as
several workers on one machine do. Each is measured when it has answered once, and again after 200
different texts, in MB:

- RSS: all pages it has in memory, those it shares among them;
- PSS: the same, what is shared counted by parts; the sum over all workers is what they take together;
- USS: what is its own alone, so what another worker adds.

Seconds are from the start of the interpreter to the first answer and say little on a busy machine:
quote the ratio. Whatever is not fitted yet is fitted first, some minutes for each commit.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from typing import Self

ROOT = Path(__file__).parents[1]
WORKERS = 3
TEXTS = 200
KINDS = ("RSS", "PSS", "USS")
Figures = Mapping[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", default="", help="a commit to compare with")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.worker:
        serve_parent()
        return
    print("| commit | worker | ready | RSS, PSS, USS at first | after 200 texts |")
    print("|---|---|---|---|---|")
    after = compare("now", ROOT / "src")
    if chosen.before:
        with worktree(chosen.before) as folder:
            before = compare(chosen.before, folder / "src")
        ratio = {name: after[name] / before[name] for name in after}
        told = ", ".join(f"{name} {value:.2f}" for name, value in ratio.items())
        print(f"\nRatio to {chosen.before}: {told}")


@contextmanager
def worktree(commit: str) -> Iterator[Path]:
    """The files of a commit beside ours."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "before"
        git("worktree", "add", "--detach", str(place), commit)
        try:
            yield place
        finally:
            git("worktree", "remove", "--force", str(place))


def git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True)


def compare(name: str, source: Path) -> Figures:
    """Prints the workers of one tree and gives what they hold at the end."""
    with Worker(source):  # fits, and brings the files into memory
        pass
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(source))]
        ready = [workers[0].hear()]
        workers += [stack.enter_context(Worker(source)) for _ in range(WORKERS - 1)]
        ready += [worker.hear() for worker in workers[1:]]
        first = [memory(worker.pid) for worker in workers]
        for worker in workers:
            worker.ask()
            worker.hear()
        later = [memory(worker.pid) for worker in workers]
    for number, (seconds, *found) in enumerate(zip(ready, first, later, strict=True), 1):
        cells = [" / ".join(f"{one[kind]:.0f}" for kind in KINDS) for one in found]
        print(f"| {name} | {number} | {seconds:.1f} s | {' | '.join(cells)} |", flush=True)
    return {
        "ready": ready[0],
        "USS": later[-1]["USS"],
        "all workers together": sum(one["PSS"] for one in later),
    }


class Worker:
    """A process that understands with the code of one tree and the content of ours."""

    def __init__(self, source: Path) -> None:
        self._begun = monotonic()
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--worker"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(source)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate("")

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def hear(self) -> float:
        """Waits for the next word; the seconds from the start to when it was said."""
        return float(next(iter(self._process.stdout or ()))) - self._begun

    def ask(self) -> None:
        """Has it understand 200 texts."""
        if self._process.stdin is not None:
            self._process.stdin.write("go\n")
            self._process.stdin.flush()


def memory(pid: int) -> Figures:
    """What the kernel counts, MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()[1:]
    kb = {words[0]: int(words[1]) for words in map(str.split, lines)}
    own = kb["Private_Clean:"] + kb["Private_Dirty:"]
    return {"RSS": kb["Rss:"] / 1024, "PSS": kb["Pss:"] / 1024, "USS": own / 1024}


def serve_parent() -> None:
    """Understands one text, says so, and 200 more when it is asked to."""
    from datetime import date

    from servicebot.app.understander import build_understander
    from servicebot.content.load import load_content
    from servicebot.settings import load_settings
    from servicebot.understanding.understand import Utterance

    content = load_content(Path())
    bot = build_understander(load_settings({}, start=Path()), content)

    def understand(text: str) -> None:
        bot.understand([Utterance(text=text, language_hint=None, today=date(2026, 11, 24))])

    understand("微粒贷提前还款要手续费吗")
    texts = held_out(content.intents.values()) + held_out(content.articles.values())
    chosen = texts[:: max(len(texts) // TEXTS, 1)][:TEXTS]
    say_now()
    for _ in sys.stdin:
        for text in chosen:
            understand(text)
        say_now()


def held_out(topics: object) -> Sequence[str]:
    return [text for topic in topics for text in topic.held_out]  # type: ignore[attr-defined]


def say_now() -> None:
    print(monotonic(), flush=True)


if __name__ == "__main__":
    main()
