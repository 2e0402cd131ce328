"""The lines that the reader of lures learns from, by the hand that wrote them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebot.screening.allow_list import Allowed
from servicebot.screening.lure_text import as_learnt, lure_sentences

HOSTILE: Final = "hostile.txt"
HARMLESS: Final = "harmless.txt"
# What the lines take for the bank's own.
LISTED: Final = Allowed(
    origins=frozenset({"https://gateway.bank.example", "https://bank.example"}),
    hosts=frozenset({"gateway.bank.example", "bank.example"}),
    numbers=frozenset({"110", "119", "120", "96110", "12378", "12356", "95000"}),
    names=frozenset({"示例银行"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LureLine:
    """One line.

    Attributes:
        written: As it was written.
        text: As the reader gets it.
        is_lure: Whether it leads out of the bank or asks for a secret.
    """

    written: str
    text: str
    is_lure: bool


def lure_lines_folder() -> Path:
    """The folder of the lines shipped with the package: one folder for each hand."""
    return Path(__file__).parent / "lures"


def hands_of(folder: Path) -> tuple[str, ...]:
    """Who wrote; each is a folder."""
    return tuple(sorted(one.name for one in folder.iterdir() if (one / HOSTILE).is_file()))


def read_lure_lines(folder: Path, hands: Collection[str]) -> tuple[LureLine, ...]:
    """All lines of some hands that have words in them.

    Raises:
        OSError: One of them wrote none.
    """
    return tuple(
        LureLine(written=line, text=as_learnt(line, LISTED), is_lure=is_lure)
        for line, is_lure in _written(folder, hands)
        if lure_sentences(line)
    )


def count_lure_lines(folder: Path, hands: Collection[str]) -> int:
    """How many lines some hands wrote, without reading what they say."""
    return sum(1 for _ in _written(folder, hands))


def _written(folder: Path, hands: Collection[str]) -> Iterator[tuple[str, bool]]:
    for hand in sorted(hands):
        for name in (HOSTILE, HARMLESS):
            for line in (folder / hand / name).read_text("utf-8").splitlines():
                yield line, name == HOSTILE
