"""Cuts a normalized text into hashed pieces: the one alphabet of encoder, head and search."""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from servicebot.understanding.pinyin import syllable

_UNIT: Final = re.compile(r"[\u3400-\u9fff]|[a-z]+(?:'[a-z]+)?|\d+|[^\W_]")
_LONGEST_WORD: Final = 32
_LONGEST_GRAM: Final = 3
_SUBWORD_SIZES: Final = (3, 4, 5)
MAX_UNITS: Final = 200
_HASH_BITS: Final = np.uint64(32)


# Packed: those of all phrases stand in memory at once while they are indexed.
Hashes: TypeAlias = "array[int]"


class PieceKind(Enum):
    """The families of pieces; each is weighted for itself."""

    GRAM = "g"
    SUBWORD = "s"
    PINYIN = "p"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of one text as 32-bit hashes, in reading order, with repetitions."""

    grams: Hashes
    subwords: Hashes
    pinyin: Hashes

    def all(self) -> Hashes:
        """Every piece of every family."""
        return self.grams + self.subwords + self.pinyin


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The different pieces of some texts and how often each stands in its text.

    One family after the other, in each text after text, in each sorted by piece.

    Attributes:
        size: How many texts.
        families: int64, the family of each: 0 grams, 1 subwords, 2 pinyin.
        texts: int64, the number of its text.
        pieces: uint32.
        counts: int64.
    """

    size: int
    families: NDArray[np.int64]
    texts: NDArray[np.int64]
    pieces: NDArray[np.uint32]
    counts: NDArray[np.int64]

    @property
    def grams(self) -> "Counted":
        """Those of grams."""
        return self._of(0)

    @property
    def pinyin(self) -> "Counted":
        """Those of pinyin."""
        return self._of(2)

    def _of(self, family: int) -> "Counted":
        begin, end = np.searchsorted(self.families, (family, family + 1)).tolist()
        return Counted(
            size=self.size,
            families=self.families[begin:end],
            texts=self.texts[begin:end],
            pieces=self.pieces[begin:end],
            counts=self.counts[begin:end],
        )


def count_pieces(*texts: Pieces) -> Counted:
    """Counts the pieces of every family of every text."""
    columns = ([p.grams for p in texts], [p.subwords for p in texts], [p.pinyin for p in texts])
    runs = [family for column in columns for family in column]
    joined = array("I")
    for run in runs:
        joined += run
    # One sort for all: the run's number stands in front of the piece.
    numbers = np.repeat(np.arange(len(runs), dtype=np.uint64), [len(run) for run in runs])
    keys = numbers << _HASH_BITS | np.asarray(joined, dtype=np.uint64)
    unique, counts = np.unique(keys, return_counts=True)
    families, places = np.divmod((unique >> _HASH_BITS).astype(np.int64), max(len(texts), 1))
    return Counted(
        size=len(texts),
        families=families,
        texts=places,
        pieces=unique.astype(np.uint32),  # the lower half
        counts=counts,
    )


def split_units(text: str) -> tuple[str, ...]:
    """Chinese characters one by one, Latin words whole, numbers as `#`; no punctuation.

    At most 200 units: the point of a longer message stands at its beginning.
    """
    found = _UNIT.findall(text[: MAX_UNITS * 8])[:MAX_UNITS]
    return tuple("#" if unit.isdigit() else unit[:_LONGEST_WORD] for unit in found)


def cut_pieces(text: str) -> Pieces:
    """Cuts a normalized text.

    Grams are runs of one to three units, with borders; subwords are the 3-5-letter parts of
    Latin words; pinyin are runs of one and two syllables, in which a Latin word stands as it is.
    """
    units = split_units(text)
    return Pieces(
        grams=_hash_all(PieceKind.GRAM, _grams(("^", *units, "$") if units else (), _LONGEST_GRAM)),
        subwords=_hash_all(PieceKind.SUBWORD, _subwords(units)),
        pinyin=_hash_all(PieceKind.PINYIN, _grams(_syllables(units), 2)),
    )


def _syllables(units: Sequence[str]) -> tuple[str, ...]:
    return tuple((len(unit) == 1 and syllable(unit)) or unit for unit in units)


def _grams(units: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(units) - size + 1):
            yield " ".join(units[start : start + size])


def _subwords(units: Sequence[str]) -> Iterator[str]:
    for unit in units:
        if len(unit) > 1:
            word = f"<{unit}>"
            for size in _SUBWORD_SIZES:
                for start in range(len(word) - size + 1):
                    yield word[start : start + size]


def _hash_all(kind: PieceKind, pieces: Iterator[str]) -> Hashes:
    start = crc32(kind.value.encode())
    return array("I", (crc32(piece.encode(), start) for piece in pieces))
