"""Which numbers can be dialled in which country, by the plans that the library phonenumbers carries.

Its own check of a number parses it anew each time (20 microseconds) and a memory of what it checked
would be one of private numbers; here the plan of a country's code is one pattern, made once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, country_code_for_region

_LONGEST_CODE: Final = 3
_KINDS: Final = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "uan"),
    *("personal_number", "pager", "voicemail"),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    number: re.Pattern[str]  # with or without the digit that is dialled first within the country
    lengths: frozenset[int]


def is_dialled_in(region: str, digits: str) -> bool:
    """Whether digits are a number of a country, dialled from within it or with its code.

    Args:
        region: ISO 3166, two capitals.
        digits: Nothing else.
    """
    code = str(country_code_for_region(region))
    is_with_code = digits.startswith(code) and is_dialled(digits)
    return is_with_code or _plan(code).number.fullmatch(digits) is not None


def is_dialled(digits: str) -> bool:
    """Whether digits are a country's code and a number of that country."""
    code = _code_of(digits)
    return bool(code) and _plan(code).number.fullmatch(digits, len(code)) is not None


def is_as_long_as_dialled(digits: str) -> bool:
    """Whether digits are a country's code and as many more as its numbers may have."""
    code = _code_of(digits)
    count = len(digits) - len(code)
    return bool(code) and not _plan(code).lengths.isdisjoint({count, count - 1})


def is_as_long_as_in(region: str, digits: str) -> bool:
    """Whether a number of a country may have so many digits, with its code or without."""
    code = str(country_code_for_region(region))
    count = len(digits) - (len(code) if digits.startswith(code) else 0)
    return not _plan(code).lengths.isdisjoint({count, count - 1, len(digits), len(digits) - 1})


def _code_of(digits: str) -> str:
    """The code of a country that digits begin with; empty where none has it."""
    codes = (digits[:count] for count in range(1, min(_LONGEST_CODE, len(digits)) + 1))
    return next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), "")


@lru_cache(maxsize=256)
def _plan(code: str) -> _Plan:
    """The plan of all countries that share a code."""
    every = [*_metadata(COUNTRY_CODE_TO_REGION_CODE[int(code)])]
    kinds = [getattr(one, kind) for one in every for kind in _KINDS]
    patterns = {str(one.national_number_pattern) for one in kinds if one and one.possible_length}
    general = [one.general_desc for one in every if one.general_desc]
    prefixes = {re.escape(one.national_prefix) for one in every if one.national_prefix}
    prefix = f"(?:{'|'.join(sorted(prefixes))})?" if prefixes else ""
    return _Plan(
        number=re.compile(f"{prefix}(?:{'|'.join(sorted(patterns))})"),
        lengths=frozenset(length for one in general for length in one.possible_length),
    )


def _metadata(regions: tuple[str, ...]) -> Iterator[PhoneMetadata]:
    for region in regions:
        found = PhoneMetadata.metadata_for_region(region, None)
        if found is not None:
            yield found
