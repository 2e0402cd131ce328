"""What a rule found: where, which rule, what its words are filled with."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from servicebot.content.complaint import Argument
from servicebot.content.place import ANYWHERE, Place, Spot

PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z0-9_]+)?)\s*\}\}")
_DROPPED: Final = ("P", "Z", "S", "C")


Args = dict[str, Argument | Spot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, not yet with its line.

    Attributes:
        path: The file.
        rule: Short name of the rule.
        place: What stands in the line that is meant.
        args: What the rule's words are filled with; a `Spot` is told as `path:line`.
    """

    path: str
    rule: str
    place: Place = ANYWHERE
    args: Mapping[str, Argument | Spot] = field(default_factory=dict)


def find(path: str, rule: str, place: Place, /, **args: Argument | Spot) -> Finding:
    """A finding in few words."""
    return Finding(path=path, rule=rule, place=place, args=args)


def squeeze(phrase: str) -> str:
    """A phrase as duplicates are compared: width and case folded, no blanks or punctuation."""
    folded = unicodedata.normalize("NFKC", phrase).casefold()
    return folded.translate(_KEPT)


class _Kept(dict[int, int | None]):
    """What becomes of each sign, looked up once: tens of thousands of phrases are compared."""

    def __missing__(self, sign: int) -> int | None:
        kept = None if unicodedata.category(chr(sign))[0] in _DROPPED else sign
        self[sign] = kept
        return kept


_KEPT: Final = _Kept()
