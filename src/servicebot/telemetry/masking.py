"""Takes personal numbers out of a text before it is stored or logged anywhere.

Bank cards keep their last four digits, as PCI DSS 3.4.1 allows; identity numbers, mobiles, mail
addresses and one-time codes are taken out whole.
"""

import re
from typing import Final

_FULL_WIDTH: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
_DIGITS: Final = r"(?:\d[ \-]?)"
_IDENTITY = re.compile(rf"(?<!\d){_DIGITS}{{17}}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(rf"(?<!\d){_DIGITS}{{12,18}}\d(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_SECRET = re.compile(
    r"((?:验证码|校验码|动态码|密码|口令|cvv2?|cvc2?|otp|pin|passcode|password)"
    r"\s*(?:是|为|:|\uff1a|=|is)?\s*)([0-9A-Za-z]{3,16})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
_CHECKS: Final = "10X98765432"


def mask_personal_numbers(text: str) -> str:
    """The text with personal numbers masked; amounts, dates and card tails stay readable."""
    masked = text.translate(_FULL_WIDTH)
    masked = _MAIL.sub("[mail]", masked)
    masked = _IDENTITY.sub(_mask_identity, masked)
    masked = _MOBILE.sub("[mobile]", masked)
    masked = _CARD.sub(_mask_card, masked)
    return _SECRET.sub(_mask_secret, masked)


def _mask_identity(match: re.Match[str]) -> str:
    number = re.sub(r"[ \-]", "", match.group()).upper()
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "[identity]" if _CHECKS[total % 11] == number[-1] else match.group()


def _mask_card(match: re.Match[str]) -> str:
    number = re.sub(r"[ \-]", "", match.group())
    return f"****{number[-4:]}"


def _mask_secret(match: re.Match[str]) -> str:
    has_digit = any(character.isdigit() for character in match.group(2))
    return f"{match.group(1)}[code]" if has_digit else match.group()
