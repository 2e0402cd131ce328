"""Product names, in both languages, with the misspellings customers type."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from servicebot.understanding.slots.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProducts:
    """The products' names, compiled.

    Attributes:
        pattern: Matches every name, the longest at a place; None where there is none.
        owners: From a name to its product.
    """

    pattern: re.Pattern[str] | None
    owners: Mapping[str, str]


NO_PRODUCTS = NamedProducts(pattern=None, owners={})


def compile_products(named: Iterable[tuple[str, Iterable[str]]]) -> NamedProducts:
    """Compiles products with their normalized names, of all languages together."""
    owners = {name: product for product, names in named for name in names}
    if not owners:
        return NO_PRODUCTS
    longest_first = sorted(owners, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(_bounded(name) for name in longest_first))
    return NamedProducts(pattern=pattern, owners=owners)


def find_products(text: str, named: NamedProducts) -> tuple[Span, ...]:
    """Finds product names in a normalized text; the longest name at a place wins."""
    if named.pattern is None:
        return ()
    return tuple(
        Span(start=found.start(), end=found.end(), value=named.owners[found.group()])
        for found in named.pattern.finditer(text)
    )


def _bounded(name: str) -> str:
    """Latin names match whole words only, also in the plural."""
    return rf"\b{re.escape(name)}(?=s?\b)" if name.isascii() else re.escape(name)
