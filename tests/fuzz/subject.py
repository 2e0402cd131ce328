"""What is fuzzed: values of one kind, and what must hold for each of them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

EXAMPLES: Final = "FUZZ_EXAMPLES"  # of each subject in `make test`; `make fuzz` does not read it
USUAL: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One reader.

    Attributes:
        name: What is read.
        values: What it is given.
        check: Fails where anything but the reader's own error comes out, or where what was
            written does not read back the same.
    """

    name: str
    values: SearchStrategy[Any]
    check: Callable[[Any], object]


def examples() -> int:
    """How many values each subject gets in a test."""
    return int(os.environ.get(EXAMPLES, USUAL))


def fuzz(subject: Subject, count: int, *, explains: bool = True) -> None:
    """Gives a subject `count` values; a failing one is made small and told."""
    phases = [Phase.generate, Phase.shrink] if explains else [Phase.generate]
    run = settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )

    def one(value: Any) -> None:
        subject.check(value)

    run(given(value=subject.values)(one))()
