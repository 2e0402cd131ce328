"""Splitting an amount between joint lenders, exact to the fen."""

from collections.abc import Sequence
from typing import Final

WHOLE_PPM: Final = 1_000_000


def split_by_share(amount_fen: int, shares_ppm: Sequence[int]) -> tuple[int, ...]:
    """Split by largest remainder: floors first, then one fen each to the largest remainders.

    Equal remainders are served in the order of the lenders. The parts add up to the amount.

    Raises:
        ValueError: The shares are negative or do not add up to 1,000,000 ppm.
    """
    if sum(shares_ppm) != WHOLE_PPM or any(share < 0 for share in shares_ppm):
        raise ValueError("shares must be non-negative and add up to 1,000,000 ppm")
    floors = [amount_fen * share // WHOLE_PPM for share in shares_ppm]
    remainders = [amount_fen * share % WHOLE_PPM for share in shares_ppm]
    missing_fen = amount_fen - sum(floors)
    favoured = sorted(range(len(floors)), key=lambda place: (-remainders[place], place))
    for place in favoured[:missing_fen]:
        floors[place] += 1
    return tuple(floors)
