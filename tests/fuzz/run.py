"""`make fuzz`: gives every reader random values until COUNT are done or MINUTES have passed.

Rounds of some hundred values for each subject, each with a seed of its own. What fails is made
small, told with its subject, and does not stop the others. A report stands in var/fuzz.md.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.fuzz import contents
from tests.fuzz.api import Api
from tests.fuzz.api_desk import ApiDesk
from tests.fuzz.readers import READERS
from tests.fuzz.requests import subjects
from tests.fuzz.server import fuzzed_server
from tests.fuzz.subject import Subject, fuzz

from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.settings import load_settings
from servicebot.web.api_routes import API_ROUTES

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = Path("var/fuzz.md")
ROUND: Final = 500


@dataclass
class Done:
    """What was done so far: values and seconds by subject, and the first failure of each."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    def one(self, subject: Subject, count: int) -> None:
        """Gives one subject `count` values; one that has failed gets no more."""
        if subject.name in self.failures:
            return
        begun = time.monotonic()
        asked = 0

        def counted(value: object) -> None:
            nonlocal asked
            asked += 1
            subject.check(value)

        try:
            fuzz(Subject(name=subject.name, values=subject.values, check=counted), count)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            self.failures[subject.name] = traceback.format_exc()
            print(f"FAILED {subject.name}\n{self.failures[subject.name]}", flush=True)  # noqa: T201
        self.counts[subject.name] += asked
        self.seconds[subject.name] += int(1000 * (time.monotonic() - begun))


def play(all_of_them: Sequence[Subject], done: Done, count: int, minutes: float) -> None:
    """Rounds over all subjects."""
    ends = time.monotonic() + 60 * minutes
    number = 0
    while done.counts.total() < count and time.monotonic() < ends:
        number += 1
        for subject in all_of_them:
            left = count - done.counts.total()
            if left <= 0 or time.monotonic() >= ends:
                break
            done.one(subject, min(ROUND, left))
        if len(done.failures) == len(all_of_them):
            break
        print(f"round {number}: {done.counts.total()} values", flush=True)  # noqa: T201


def report(done: Done, seconds: float) -> str:
    """The table."""
    rows = [
        f"| {name} | {count} | {1000 * count / max(done.seconds[name], 1):.0f} "
        f"| {'failed' if name in done.failures else 'held'} |"
        for name, count in sorted(done.counts.items())
    ]
    head = f"{done.counts.total()} values in {seconds:.0f} s, {len(done.failures)} subjects failed."
    return "\n".join(
        (
            "# Fuzzing",
            "",
            head,
            "",
            "| subject | values | a second | |",
            "|---|---|---|---|",
            *rows,
            "",
        )
    )


def main() -> int:
    """Runs until COUNT or MINUTES."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=240.0)
    chosen = parser.parse_args()
    settings, content = load_settings({}, start=ROOT), load_content(ROOT)
    begun, done = time.monotonic(), Done()
    with (
        tempfile.TemporaryDirectory() as folder,
        fuzzed_server(
            settings, content, build_understander(settings, content), Path(folder)
        ) as server,
    ):
        server.sign_in("sue")
        api = Api(ApiDesk(server))
        by_document = (one for route in API_ROUTES for one in api.subjects(route))
        every = (*READERS, *contents.subjects(), *subjects(server), *by_document)
        play(every, done, chosen.count, chosen.minutes)
        told = f"{report(done, time.monotonic() - begun)}\n{api.figures.told()}\n"
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(told, "utf-8")
    print(told)  # noqa: T201
    return 1 if done.failures else 0


if __name__ == "__main__":
    sys.exit(main())
