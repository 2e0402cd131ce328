"""The labelled texts beside these tests."""

import re
from datetime import date
from pathlib import Path
from typing import Final

from servicebot.screening.allow_list import Allowed
from servicebot.training.lure_lines import lure_lines_folder

_FOLDER: Final = Path(__file__).parent / "data"
_MARKED = re.compile("«(.*?)»")
LEARNT: Final = {"first": "o", "fresh": "p", "fourth": "q", "fifth": "r"}
DAY: Final = date(2026, 11, 29)
ALLOWED: Final = Allowed(
    origins=frozenset({"https://gateway.bank.example"}),
    hosts=frozenset({"gateway.bank.example", "bank.example"}),
    numbers=frozenset({"110", "119", "120", "96110", "12378", "12356", "95000"}),
    names=frozenset({"示例银行"}),
)


def lines_of(name: str) -> list[str]:
    """The lines of a file; what nobody sees in them is written as it is typed."""
    return (_FOLDER / name).read_text(encoding="utf-8").split("\n")[:-1]


def gate_lines(kind: str, name: str) -> list[str]:
    """Hostile or harmless lines for the gate, by whoever wrote them.

    The reader of lures learns from four of the sets that the rules were mended with; those stand
    among its lines.
    """
    if name in LEARNT:
        text = (lure_lines_folder() / LEARNT[name] / f"{kind}.txt").read_text(encoding="utf-8")
        return text.split("\n")[:-1]
    return lines_of(f"{kind}_{name}.txt")


def marked(line: str) -> tuple[str, list[str], list[str]]:
    """A line without its marks, what they mark, and what stands around."""
    around = [part for part in _MARKED.split(line)[::2] if part]
    return line.replace("«", "").replace("»", ""), _MARKED.findall(line), around
