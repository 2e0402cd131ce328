"""The form of what the studio tells of missed questions."""

from dataclasses import dataclass

from servicebot.domain.understanding import Language
from servicebot.web.answer_forms import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTold:
    """A topic that a missed question may belong to."""

    topic: str
    title: str
    path: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissTold:
    """Missed questions that mean the same, and how often each way of missing them came."""

    id: str
    language: Language
    phrase: str
    asked: int
    handed_over: int
    unanswered: int
    asked_back: int
    unsolved: int
    questions: tuple[str, ...]
    homes: tuple[HomeTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """The board: groups, and how many turns were read since when."""

    groups: tuple[MissTold, ...]
    since: Instant | None
    turns: int
