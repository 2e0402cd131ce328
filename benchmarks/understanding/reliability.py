"""Draws reliability diagrams: what probability promised beside what was right, before and after.

Run: `.venv/bin/python benchmarks/understanding/reliability.py before.json after.json out.svg`, each made by
`servicebot evaluate gates --json` on one version. Needs matplotlib (`pip install matplotlib`).
"""

import json
import sys
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt

plt.rcParams["svg.fonttype"] = "none"
NAMES = {"zh": "Chinese", "en": "English"}


def main() -> None:
    before, after, out = (Path(name) for name in sys.argv[1:4])
    versions = {"before": json.loads(before.read_text()), "after": json.loads(after.read_text())}
    figure, axes = plt.subplots(1, len(NAMES), figsize=(9, 4.5), sharey=True)
    for axis, (language, name) in zip(axes, NAMES.items(), strict=True):
        axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        for version, figures in versions.items():
            draw(axis, version, figures[language])
        axis.set_title(name)
        axis.set_xlabel("probability of the best topic")
        axis.legend(loc="lower right")
    axes[0].set_ylabel("share of right ones")
    figure.tight_layout()
    figure.savefig(out, metadata={"Date": None})


def draw(axis: Any, version: str, report: dict[str, Any]) -> None:
    bins = report["reliability"]
    means, right = [one["mean"] for one in bins], [one["right"] for one in bins]
    error = (
        f"{version} ({report['asked']} phrases, mean distance {report['calibration_error']:.3f})"
    )
    axis.plot(means, right, marker="o", label=error)
    for one in bins:
        axis.annotate(str(one["asked"]), (one["mean"], one["right"]), fontsize=6)


if __name__ == "__main__":
    main()
