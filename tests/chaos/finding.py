"""What one run has shown: figures for the report, and a line for each promise that did not hold."""

import time
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Finding:
    """`faults` is empty where all promises held."""

    figures: dict[str, float | str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def expect(self, holds: bool, fault: str) -> None:  # noqa: FBT001  as in `assert`
        """Notes a fault where a promise does not hold."""
        if not holds:
            self.faults.append(fault)

    def told(self) -> str:
        """The figures in one line."""
        return ", ".join(
            f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
            for name, value in self.figures.items()
        )
