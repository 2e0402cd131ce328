"""Whether a place in a list is one among months: 第二个月, the second payment."""

import re
from typing import Final

from servicebot.domain.heard import Heard
from servicebot.domain.understanding import SlotKind

_MONTH: Final = re.compile(r"^\S{0,4}(?:月|期)| (?:month|payment|bill)")


def place_is_of_months(heard: Heard) -> bool:
    """Whether the last place that was named is a place among months, not among loans."""
    slot = heard.slot(SlotKind.ORDINAL)
    return slot is not None and _MONTH.search(heard.whole.text[slot.start :]) is not None
