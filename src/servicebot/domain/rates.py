"""How much of something is let through: a token bucket's rate and size."""

import re
from dataclasses import dataclass
from typing import Final

_FORM: Final = re.compile(r"(\d+(?:\.\d+)?)/(s|min|h)\+(\d+)")
_SECONDS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many a second in the long run, so many at once after a rest.

    Attributes:
        per_s: Above 0.
        at_once: From 1.
    """

    per_s: float
    at_once: int


def parse_rate(raw: str) -> Rate | None:
    """`2/s+100`: two a second, a hundred at once; also `/min` and `/h`. `off` is None: no limit.

    Raises:
        ValueError: It is written otherwise.
    """
    if raw.strip() == "off":
        return None
    found = _FORM.fullmatch(raw.strip())
    if found is None or not 0 < float(found[1]) <= _MOST or not 0 < int(found[3]) <= _MOST:
        raise ValueError(f"`{raw}` must be like 2/s+100, 20/min+5 or 100/h+10, or off")
    return Rate(per_s=float(found[1]) / _SECONDS[found[2]], at_once=int(found[3]))
