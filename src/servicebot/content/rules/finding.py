"""What a rule found: where, which rule, what to write instead."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z0-9_]+)?)\s*\}\}")
_DROPPED: Final = ("P", "Z", "S", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, not yet with its line.

    Attributes:
        path: The file.
        rule: Short name of the rule.
        message: What is wrong and what to write instead.
        near: Words that stand in the line that is meant; empty for the whole file.
    """

    path: str
    rule: str
    message: str
    near: str = ""


def squeeze(phrase: str) -> str:
    """A phrase as duplicates are compared: width and case folded, no blanks or punctuation."""
    folded = unicodedata.normalize("NFKC", phrase).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] not in _DROPPED)
