"""What the studio's handlers work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from servicebot.domain.edition_now import EditionNow
from servicebot.ports.ratings import Ratings
from servicebot.studio.batch_tests import BatchTests
from servicebot.studio.days import ReadsDays
from servicebot.studio.effects import Effects
from servicebot.studio.minds import Minds
from servicebot.studio.past import ReadsPast
from servicebot.studio.preparing import Preparing
from servicebot.studio.studio import Studio
from servicebot.studio.typed import TypedFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioServices:
    """One for the whole process.

    Attributes:
        studio: Drafts and their publication.
        effects: What drafts change.
        tests: Tables of questions against editions.
        minds: Processes that ask editions questions.
        preparing: Fits editions for them.
        past: What customers have asked.
        ratings: What they have said of answers.
        edition_now: Which content serves.
        days: What became of customers' questions day by day.
        typed: Checks and shows files while they are typed.
    """

    studio: Studio
    effects: Effects
    tests: BatchTests
    minds: Minds
    preparing: Preparing
    past: ReadsPast
    ratings: Ratings
    edition_now: Callable[[], Awaitable[EditionNow | None]]
    days: ReadsDays
    typed: TypedFiles
