"""Machines named without a domain: `[2001:db8::1]`, `0xb9.0xea.0x0c.0x07`, `localhost:8080/x`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Final

from servicebot.screening.words import load_words

_COUNTED = re.compile(r"(?<![a-z0-9.])0x[0-9a-f]{1,8}+(?:\.(?:0x[0-9a-f]{1,8}|\d{1,10}))*+")
_BRACKETED = re.compile(r"\[?(?<![0-9a-z:.])[0-9a-f]{0,4}:[0-9a-f:]{2,40}(?:\.\d{1,3}){0,3}\]?")
_OWN = re.compile(r"(?<![a-z0-9.\-])(?:localhost(?![a-z0-9])|[a-z][a-z0-9\-]{1,40}+:\d{4,5}/[a-z])")
_LEAST_COLONS: Final = 2


def find_machines(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text names machines by number, by port or as its own."""
    if "0x" in text:
        yield from (found.span() for found in _COUNTED.finditer(text) if "." in found.group())
    if text.count(":") >= _LEAST_COLONS:
        yield from (found.span() for found in _BRACKETED.finditer(text) if _is_ipv6(found.group()))
    if ":" in text or "localhost" in text:
        yield from (found.span() for found in _OWN.finditer(text))
    if " " in text and any(word in text for word in load_words().lists["slash_words"]):
        yield from (found.span() for found in _spoken_path().finditer(text))


def _is_ipv6(written: str) -> bool:
    try:
        IPv6Address(written.strip("[]"))
    except ValueError:
        return False
    return any(sign.isdigit() for sign in written)


@lru_cache(maxsize=1)
def _spoken_path() -> re.Pattern[str]:
    words = load_words()
    slashes, dots = "|".join(words.lists["slash_words"]), "|".join(words.split("dot_words")[0])
    return re.compile(
        rf"(?<![a-z0-9])[a-z0-9\-]{{1,30}}+[ .](?:(?:{dots}) )?[a-z]{{2,10}}\s?(?:{slashes})\s?[a-z0-9]"
    )
