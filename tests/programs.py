"""Programs of the machine that some tests need, and how their absence is told."""

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

LEFT_OUT: Final = "left out: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Something that pip does not install.

    Attributes:
        name: What people call it.
        commands: Names of its executable; one of them is enough.
        folders: A pattern below / of folders to look in before PATH, the newest version last.
        package: Debian's package.
    """

    name: str
    commands: tuple[str, ...]
    folders: str = ""
    package: str

    def find(self) -> str | None:
        """Its path, or None where it is not installed."""
        further = (
            sorted(map(str, Path("/").glob(self.folders)), reverse=True) if self.folders else []
        )
        path = os.pathsep.join([*further, os.environ.get("PATH", os.defpath)])
        return next(filter(None, (shutil.which(name, path=path) for name in self.commands)), None)

    @property
    def missing(self) -> str:
        """What is said where it is not installed."""
        return f"{LEFT_OUT}{self.name} (install Debian's {self.package})"

    def needed(self) -> str:
        """Its path; skips the test where it is not installed."""
        found = self.find()
        if found is None:
            pytest.skip(self.missing)
        return found


CHROMIUM: Final = Program(
    name="Chromium", commands=("chromium", "chromium-browser", "google-chrome"), package="chromium"
)
REDIS: Final = Program(name="Redis", commands=("redis-server",), package="redis-server")
POSTGRESQL: Final = Program(
    name="PostgreSQL",
    commands=("pg_ctl",),
    folders="usr/lib/postgresql/*/bin",
    package="postgresql",
)


def told(reasons: list[str]) -> list[str]:
    """One line for each program that tests were skipped for, with how many."""
    missing = Counter(
        LEFT_OUT + reason.partition(LEFT_OUT)[2] for reason in reasons if LEFT_OUT in reason
    )
    return [f"{line}: {count} tests" for line, count in sorted(missing.items())]
