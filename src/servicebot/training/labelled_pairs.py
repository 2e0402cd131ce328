"""Reads pairs of a bank's own logs: two messages, and whether they mean the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from servicebot.domain.errors import ContentError, ContentFault
from servicebot.understanding.normalize import normalize

_CHECKED_EVERY: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """Two normalized messages."""

    left: str
    right: str
    alike: bool


def read_pairs(path: Path) -> tuple[LabelledPair, ...]:
    """Reads `text<TAB>text[<TAB>0/1]`; without a label both mean the same.

    Raises:
        ContentError: The file cannot be read, a line is something else, or fewer than two lines
            say that both mean the same.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(path, 0, f"cannot be read as UTF-8 text: {error}") from error
    pairs = [_pair(path, n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    usable = tuple(pair for pair in pairs if pair.left and pair.right)
    if sum(pair.alike for pair in usable) < 2:  # noqa: PLR2004 - one has nothing to be told from
        raise _fault(path, 0, "needs at least two pairs that mean the same")
    return usable


def part_pairs(
    pairs: Sequence[LabelledPair],
) -> tuple[tuple[LabelledPair, ...], tuple[LabelledPair, ...]]:
    """Nine of ten to learn from and one to check with; a text decides where its pairs go."""
    checked = [crc32(pair.left.encode()) % _CHECKED_EVERY == 0 for pair in pairs]
    learnt = tuple(pair for pair, kept in zip(pairs, checked, strict=True) if not kept)
    return learnt, tuple(pair for pair, kept in zip(pairs, checked, strict=True) if kept)


def _pair(path: Path, number: int, line: str) -> LabelledPair:
    fields = line.split("\t")
    label = fields[2].strip() if len(fields) == 3 else "1"  # noqa: PLR2004 - text, text, label
    if len(fields) not in {2, 3} or label not in {"0", "1"}:
        raise _fault(path, number, "needs `text<TAB>text`, then optionally a tab and 0 or 1")
    return LabelledPair(left=normalize(fields[0]), right=normalize(fields[1]), alike=label == "1")


def _fault(path: Path, line: int, message: str) -> ContentError:
    fault = ContentFault(path=str(path), line=line, rule="pairs-file", message=message)
    return ContentError((fault,))
