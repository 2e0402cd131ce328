"""Which edition of the content serves, and what becomes of the newest change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EditionState(StrEnum):
    """What becomes of the newest change.

    Attributes:
        LIVE: It serves.
        FITTING: It is loaded, checked and fitted; the one before serves.
        REFUSED: It is not sound; the one before serves.
    """

    LIVE = "live"
    FITTING = "fitting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFor:
    """A complaint of the check: file, line, rule and its words in both languages."""

    path: str
    line: int
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionNow:
    """What a worker tells of its content.

    Attributes:
        version: Hash of the content that serves.
        state: Of the newest change.
        since: When that began, UTC.
        faults: Why the newest change is refused.
    """

    version: str
    state: EditionState
    since: datetime
    faults: tuple[RefusedFor, ...] = ()
