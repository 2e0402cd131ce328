"""What stands in the tables of values is a figure that can be printed as it is."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place
from servicebot.content.rules.finding import Finding, find
from servicebot.content.value_table import Value

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TIME: Final = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_FIGURE: Final = re.compile(rf"{_NUMBER}(?:[/–~-]{_NUMBER})*|{_TIME}(?:[–~-]{_TIME})?", re.ASCII)
_DATE: Final = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}", re.ASCII)
_WORDS: Final = re.compile(r"[^\W\d_]")


def values_are_figures(content: Content) -> Iterator[Finding]:
    """A value that is no figure, and a unit of words, which would be printed in both languages."""
    for value in content.values.values():
        if value.name not in content.contacts:
            yield from _not_a_figure(value)
        if _WORDS.search(value.unit):
            args = {"name": value.name, "unit": value.unit}
            yield find(value.path, "unit-words", Place(key=value.name), **args)


def _not_a_figure(value: Value) -> Iterator[Finding]:
    place = Place(key=value.name)
    if _DATE.fullmatch(value.value):
        yield find(value.path, "value-date", place, name=value.name, value=value.value)
    elif not _FIGURE.fullmatch(value.value):
        args = {"name": value.name, "value": value.value, "right": _plain(value)}
        yield find(value.path, "value-no-figure", place, **args)


def _plain(value: Value) -> str:
    """The figure that was meant, where only its signs are odd; empty where it is not plain."""
    plain = unicodedata.normalize("NFKC", value.value).replace(" ", "").removesuffix(value.unit)
    return plain if _FIGURE.fullmatch(plain) else ""
