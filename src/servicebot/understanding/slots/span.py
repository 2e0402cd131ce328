"""What a parser found: where it stands and what it means."""

from dataclasses import dataclass
from datetime import date

from servicebot.domain.period import Period
from servicebot.domain.understanding import AmountDoubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A value between two places of a text.

    Attributes:
        start: Index of the first character.
        end: Index behind the last character.
        value: As in `SlotValue.value`.
        certain: False where the words may mean something else (a bare number).
        doubt: As in `SlotValue.doubt`.
    """

    start: int
    end: int
    value: int | date | str | Period
    certain: bool = True
    doubt: AmountDoubt | None = None
