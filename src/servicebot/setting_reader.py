"""Takes settings out of a table by name, with every fault noted to be told at once."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from servicebot.domain.errors import SettingsError

PREFIX: Final = "SERVICEBOT_"

T = TypeVar("T")


class SettingReader:
    """Takes settings out by name and notes faults."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._faults: list[str] = []

    def note(self, name: str, fault: str) -> None:
        """Notes a fault of a setting."""
        self._faults.append(f"{PREFIX}{name}: {fault}.")

    def read(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        """The setting, parsed; a fault is noted and the default taken."""
        raw = self._values.pop(PREFIX + name, default)
        try:
            return parse(raw)
        except ValueError as error:
            self.note(name, str(error))
            return parse(default)

    def text(self, name: str, default: str) -> str:
        """The setting as it is written."""
        return self.read(name, default, str.strip)

    def secret(self, name: str, start: Path) -> str:
        """A secret: the setting itself, or the content of the file that `<name>_FILE` names."""
        written = self.text(name, "")
        file = self.text(f"{name}_FILE", "")
        if not file:
            return written
        if written:
            self.note(f"{name}_FILE", f"{PREFIX}{name} is set too; take one of them out")
        try:
            found = (start / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self.note(f"{name}_FILE", f"it cannot be read: {error}")
            return ""
        if not found:
            self.note(f"{name}_FILE", "the file is empty")
        return found

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number."""

        def parse(raw: str) -> int:
            if not raw.strip().isdecimal() or not least <= int(raw) <= most:
                raise ValueError(f"`{raw}` must be a whole number from {least} to {most}")
            return int(raw)

        return self.read(name, str(default), parse)

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        """A number."""

        def parse(raw: str) -> float:
            wrong = f"`{raw}` must be a number from {least} to {most}"
            try:
                value = float(raw)
            except ValueError:
                raise ValueError(wrong) from None
            if not least <= value <= most:
                raise ValueError(wrong)
            return value

        return self.read(name, str(default), parse)

    def refuse_faults(self) -> None:
        """Refuses what was noted, and every setting that nobody has read.

        Raises:
            SettingsError: All faults at once.
        """
        self._faults += [
            f"{name}: there is no such setting; docs/settings.md lists all of them."
            for name in sorted(self._values)
        ]
        if self._faults:
            raise SettingsError(tuple(self._faults))


def key_name(raw: str) -> str:
    """A name that may stand in a key.

    Raises:
        ValueError: It holds a blank or a brace, which would choose a Cluster's slot.
    """
    if not re.fullmatch(r"[^\s{}]{1,200}", raw):
        raise ValueError(f"`{raw}` must hold no blank and no brace: braces choose a Cluster's slot")
    return raw


def yes_no(raw: str) -> bool:
    """`0` or `1`.

    Raises:
        ValueError: It is neither.
    """
    if raw not in {"0", "1"}:
        raise ValueError(f"`{raw}` must be 0 or 1")
    return raw == "1"


def web_address(raw: str) -> str:
    """An address of http or https, or nothing.

    Raises:
        ValueError: It is none.
    """
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ValueError(f"`{raw}` is no address; write it like https://bank.example")
    return raw.rstrip("/")
