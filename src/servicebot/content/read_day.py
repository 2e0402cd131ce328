"""A day as people and spreadsheets write it."""

import re
import unicodedata
from datetime import date
from typing import Final

_FORM: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def read_day(text: str) -> date | None:
    """`2026-12-31`, also as `2026/12/31` or `2026年12月31日`; None where it is no day.

    Only with the year in front: the order of day and month differs between countries.
    """
    found = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
