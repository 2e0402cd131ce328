"""Draws latency over time as SVG."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from servicebot.app.bench.loops import Taken
from servicebot.app.bench.report import percentiles

_WIDE, _HIGH, _LEFT, _TOP, _BELOW = 720, 300, 60, 30, 40
_LINES: Final = ((50.0, "p50", "#1f77b4"), (99.0, "p99", "#d62728"))
_TICKS: Final = 4

_Points = Sequence[tuple[float, float]]


def draw(taken: Taken, title: str) -> str:
    """Median and 99th percentile of each second of intended send times; errors are left out."""
    seconds: dict[int, list[float]] = defaultdict(list)
    for at_s, ms, fine in zip(taken.intended_s, taken.took_ms, taken.fine, strict=True):
        if fine:
            seconds[int(at_s)].append(ms)
    drawn = [
        (
            name,
            color,
            [(at, percentiles(found, (share,))[0]) for at, found in sorted(seconds.items())],
        )
        for share, name, color in _LINES
    ]
    longest = max(seconds, default=0) or 1
    highest = max((ms for _, _, points in drawn for _, ms in points), default=0.0) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-size="12">',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="white"/>',
        f'<text x="{_LEFT}" y="18">{title}</text>',
        *_grid(longest, highest),
    ]
    for place, (name, color, points) in enumerate(drawn):
        parts.append(_curve(_scaled(points, longest, highest), color))
        parts.append(f'<text x="{_WIDE - 90 + 45 * place}" y="18" fill="{color}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(longest: float, highest: float) -> list[str]:
    parts = []
    for tick in range(_TICKS + 1):
        share = tick / _TICKS
        (x, y) = _scaled([(longest * share, highest * share)], longest, highest)[0]
        parts += [
            f'<line x1="{_LEFT}" x2="{_WIDE - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{highest * share:.0f} ms</text>',
            f'<text x="{x:.1f}" y="{_HIGH - 18}" text-anchor="middle">{longest * share:.0f} s</text>',
        ]
    return parts


def _scaled(points: _Points, longest: float, highest: float) -> _Points:
    wide, high = _WIDE - 20 - _LEFT, _HIGH - _TOP - _BELOW
    return [
        (_LEFT + wide * at / longest, _HIGH - _BELOW - high * ms / highest) for at, ms in points
    ]


def _curve(points: _Points, color: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.5"/>'
