"""Addresses that coins are sent to: Bitcoin, Tron, Ethereum."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span

_COIN = re.compile(
    r"(?<![a-z0-9])(?:bc1[a-z0-9]{25,59}+|t[a-z0-9]{33}+|0x[0-9a-f]{40}+|[13][a-z0-9]{25,33}+)(?![a-z0-9])"
)
_FEWEST_DIGITS: Final = 5
_FEWEST_IN_BOTH_CASES: Final = 2


def find_coins(reading: Reading) -> Iterator[Span]:
    """The addresses for coins in a text."""
    for found in _COIN.finditer(reading.text):
        first, behind = reading.place(found.start(), found.end())
        if _is_coin(found.group(), reading.original[first:behind]):
            yield Span(Kind.COIN, first, behind, found.group())


def _is_coin(address: str, written: str) -> bool:
    """Whether letters and digits are as mixed as in an address for coins, not as in a hash."""
    digits = sum(map(str.isdigit, address))
    is_hash = set(address) <= set("0123456789abcdef")
    is_in_both_cases = any(map(str.isupper, written)) and any(map(str.islower, written))
    fewest = _FEWEST_IN_BOTH_CASES if is_in_both_cases else _FEWEST_DIGITS
    return digits >= fewest and (address.startswith("0x") or not is_hash)
