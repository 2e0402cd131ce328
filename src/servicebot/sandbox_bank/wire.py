"""Foreign JSON, checked field by field; nothing unchecked gets past it."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Final

from servicebot.sandbox_bank.problems import JsonObject, ProblemError

LARGEST_FEN: Final = 10**13
KEY_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
LONGEST_TEXT: Final = 256
LONGEST_WAIT_S: Final = 600


def invalid(detail: str) -> ProblemError:
    """Make the refusal of a malformed request."""
    return ProblemError("invalid_request", detail)


def parse_object(raw: bytes) -> JsonObject:
    """Read a JSON object; an empty body is an empty object.

    Raises:
        ProblemError: invalid_request, when it is no JSON object in UTF-8.
    """
    if not raw.strip():
        return {}
    try:
        parsed = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise invalid("the body is not JSON") from error
    if not isinstance(parsed, dict):
        raise invalid("the body must be a JSON object")
    return parsed


class Fields:
    """The fields of one body.

    Unknown names are refused: a mistyped `amount_fen` must not turn a partial repayment into
    a full one.
    """

    def __init__(self, body: Mapping[str, object], *, known: Collection[str]) -> None:
        unknown = sorted(set(body) - set(known))
        if unknown:
            raise invalid(f"unknown field {unknown[0][:40]!a}")
        self._body = body

    def has(self, name: str) -> bool:
        """Tell whether the field is there and not null."""
        return self._body.get(name) is not None

    def text(self, name: str) -> str:
        """Return a non-empty printable text of at most LONGEST_TEXT characters."""
        value = self._body.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
            raise invalid(f"{name} must be a text of 1 to {LONGEST_TEXT} characters")
        if not value.isprintable():
            raise invalid(f"{name} holds characters that cannot be printed")
        return value

    def fen(self, name: str) -> int:
        """Return an amount in fen, 0 or more."""
        return self.integer(name, least=0, most=LARGEST_FEN)

    def integer(self, name: str, *, least: int, most: int) -> int:
        """Return a whole number within the bounds."""
        value = self._body.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise invalid(f"{name} must be a whole number from {least} to {most}")
        return value

    def seconds(self, name: str, *, otherwise: float) -> float:
        """Return a duration of 0 to 600 s, or `otherwise` when the field is not there."""
        value = self._body.get(name, otherwise)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise invalid(f"{name} must be a number of seconds")
        if not 0 <= value <= LONGEST_WAIT_S:
            raise invalid(f"{name} must be a number of seconds from 0 to {LONGEST_WAIT_S}")
        return float(value)


def query_limit(query: Mapping[str, str], *, otherwise: int, most: int) -> int:
    """Read `limit` from a query string."""
    text = query.get("limit", "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= most:
        raise invalid(f"limit must be a whole number from 1 to {most}")
    return int(text)
