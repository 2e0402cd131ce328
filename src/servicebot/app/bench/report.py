"""The figures of a run. All latencies are kept, so percentiles are exact, not those of buckets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from servicebot.app.bench.loops import Taken

PERCENTILES: Final = (50.0, 90.0, 99.0, 99.9, 100.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReport:
    """The keys of `servicebot bench --json`.

    Attributes:
        messages: Sent.
        errors: Not answered, or not taken.
        seconds: From the first to the last answer.
        offered_per_s: The rate of the open loop; None in the closed one.
        messages_per_s: What was answered.
        p50_ms: From the intended send time to the answer, of what was answered; so the others.
        late_p99_ms: How late the generator itself sent; where this is not small, the figures are
            the generator's.
    """

    messages: int
    errors: int
    seconds: float
    offered_per_s: float | None
    messages_per_s: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    p999_ms: float
    max_ms: float
    late_p99_ms: float


def report(taken: Taken, rate: float | None) -> BenchReport:
    """The figures of what was measured."""
    fine = [ms for ms, answered in zip(taken.took_ms, taken.fine, strict=True) if answered]
    p50, p90, p99, p999, most = percentiles(fine, PERCENTILES)
    return BenchReport(
        messages=len(taken.took_ms),
        errors=len(taken.took_ms) - len(fine),
        seconds=round(taken.seconds, 2),
        offered_per_s=rate,
        messages_per_s=round(len(fine) / taken.seconds, 1) if taken.seconds else 0.0,
        p50_ms=p50,
        p90_ms=p90,
        p99_ms=p99,
        p999_ms=p999,
        max_ms=most,
        late_p99_ms=percentiles(taken.late_ms, (99.0,))[0],
    )


def percentiles(values: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """The percentiles, to a hundredth; zeros of nothing."""
    if not values:
        return [0.0] * len(wanted)
    return [round(float(value), 2) for value in np.percentile(np.array(values), wanted)]
