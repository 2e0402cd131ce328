"""Check digits and parts of the numbers of people, cards and companies."""

from datetime import date
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS: Final = "10x98765432"
# GB/T 2260; 71, 81, 82, 83 and 91 are Taiwan, Hong Kong, Macau and permits of foreigners.
_PROVINCES: Final = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_COMPANY: Final = "0123456789abcdefghjklmnpqrtuwxy"  # GB 32100-2015
_COMPANY_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_CENTURIES: Final = (1900, 2030)
_CARD_FIRST: Final = frozenset("3456")
_MANY_CARDS: Final = 57  # three of 19: longer ones are not looked through
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """Whether the digits pass the check of ISO/IEC 7812-1."""
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[int(d)] for d in digits[-2::-2])
    return total % 10 == 0


def is_province(digits: str) -> bool:
    """Whether a number begins with the code of a province."""
    return digits[:2] in _PROVINCES


def is_day(digits: str) -> bool:
    """Whether eight digits are a day between 1900 and 2030."""
    first, last = _CENTURIES
    if not first <= int(digits[:4]) < last:
        return False
    return is_date(digits[:4], digits[4:6], digits[6:8])


def is_date(year: str, month: str, day: str) -> bool:
    """Whether three numbers are a day."""
    if not (0 < int(month) <= 12 and 0 < int(day) <= 31):  # noqa: PLR2004  a calendar
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def is_identity(number: str) -> bool:
    """Whether 18 signs end with the right check sign."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1]


def is_company(code: str) -> bool:
    """Whether 18 signs are a unified social credit code with its check sign."""
    if any(sign not in _COMPANY for sign in code):
        return False
    pairs = zip(code, _COMPANY_WEIGHTS, strict=False)
    total = sum(_COMPANY.index(sign) * weight for sign, weight in pairs)
    return _COMPANY[-total % 31] == code[-1]


def has_iban_check(code: str) -> bool:
    """Whether the rest of a code by 97 is 1, as of an international account number (ISO 13616)."""
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def are_cards(digits: str) -> bool:
    """Whether a long number is nothing but cards, one glued to the other."""
    if not digits:
        return True
    for count in (16, 19, 18, 17, 15):
        one = digits[:count]
        is_one = len(one) == count and one[0] in _CARD_FIRST and luhn(one)
        if is_one and (len(digits) > _MANY_CARDS or are_cards(digits[count:])):
            return True
    return False
