"""How long a file takes to be checked and shown while somebody types it, beside the whole check.

python benchmarks/typed_check.py [--every 31]
"""

import argparse
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from servicebot.content.check import advise_content, check_content
from servicebot.content.check_one import CheckedBase, check_one, checked_base
from servicebot.content.content_files import read_folder
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.studio.preview import preview

TODAY = datetime.now(UTC).date()
TRIES = 3


def look(base: CheckedBase, path: str) -> float:
    """Seconds of one look at a file."""
    began = time.perf_counter()
    data = base.files.files[path]
    found = check_one(base, {}, path, data, flows=frozenset(FLOWS), today=TODAY)
    if found.content is not None:
        preview(found.content, path, base.files.text(path), 1, TODAY)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=31, help="of so many files one is looked at")
    every = parser.parse_args().every
    files = read_folder(Path())
    began = time.perf_counter()
    content = load_content(files)
    check_content(content, files, frozenset(FLOWS))
    advise_content(content, files, TODAY)
    whole = time.perf_counter() - began
    base = checked_base(content, files)
    took = sorted(
        min(look(base, path) for _ in range(TRIES)) for path in sorted(files.files)[::every]
    )
    middle, late = statistics.median(took), took[int(0.95 * len(took))]
    print(f"{len(took)} of {len(files.files)} files, the least of {TRIES} looks at each:")
    print(f"median {middle * 1e3:.0f} ms, p95 {late * 1e3:.0f} ms; whole check {whole:.1f} s")


if __name__ == "__main__":
    main()
