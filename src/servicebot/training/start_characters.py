"""Where Chinese characters start: at the mean of the English pieces they are translated by."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import torch

from servicebot.training.student import Student, characters_of

# A character and a piece that come together by chance say nothing.
_LEAST_INFORMATION: Final = 1.0
_MOST_PIECES: Final = 6
# Means are shorter than what they are made of.
_STRETCH: Final = 1.3

Weighted = list[tuple[float, int]]


def start_characters(student: Student, pairs: Sequence[tuple[str, str]]) -> None:
    """Sets the rows of the characters that stand in (Chinese, English) pairs."""
    partners = _partners(student, pairs)
    with torch.no_grad():
        for place, sign in enumerate(characters_of(student.tokenizer, len(student.latin))):
            best = sorted(partners.get(sign, ()), reverse=True)[:_MOST_PIECES]
            if best:
                shares = torch.tensor([share for share, _ in best])
                rows = student.latin[[piece for _, piece in best]]
                mean = (rows * (shares / shares.sum())[:, None]).sum(dim=0)
                student.characters[place] = mean * _STRETCH


def _partners(student: Student, pairs: Sequence[tuple[str, str]]) -> dict[str, Weighted]:
    """English pieces by character, weighted by pointwise mutual information and frequency."""
    signs: Counter[str] = Counter()
    pieces: Counter[int] = Counter()
    together: Counter[tuple[str, int]] = Counter()
    for chinese, english in _sets(student, pairs):
        signs.update(chinese)
        pieces.update(english)
        together.update((sign, piece) for sign in chinese for piece in english)
    found: dict[str, Weighted] = defaultdict(list)
    for (sign, piece), count in together.items():
        information = math.log(count * len(pairs) / (signs[sign] * pieces[piece]))
        if information > _LEAST_INFORMATION and count > 1:
            found[sign].append((information * math.sqrt(count), piece))
    return found


def _sets(
    student: Student, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[list[str], list[int]]]:
    for chinese, english in pairs:
        ids = student.tokenizer.encode(english, add_special_tokens=False).ids
        yield sorted(set(chinese)), sorted(set(ids))
