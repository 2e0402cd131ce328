"""The form of everything that the studio takes and tells."""

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field

from servicebot.domain.content_path import MOST_LENGTH
from servicebot.domain.desk_people import Role
from servicebot.domain.drafts import DraftState
from servicebot.domain.edition_now import EditionState
from servicebot.domain.understanding import Language
from servicebot.web.answer_forms import Instant, Problem
from servicebot.web.request_forms import Identifier, Words

MOST_FILE: Final = 200_000  # characters; no file of the content has a tenth of it
_MOST_GROUPS: Final = 1_000

FilePath = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_LENGTH,
        description=f"must be the path of a content file, of at most {MOST_LENGTH} characters.",
    ),
]
FileText = Annotated[
    str,
    Field(max_length=MOST_FILE, description=f"must be a text of at most {MOST_FILE:,} characters."),
]
Title = Annotated[
    str, Field(min_length=1, max_length=200, description="must be a title of 1 to 200 characters.")
]
Kind = Literal["article", "intent", "reply", "acts", "table", "other"]


# What is taken.


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A new draft."""

    title: Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A file of a draft as it shall be; null takes the file away."""

    path: FilePath
    text: Annotated[
        Annotated[str, Field(max_length=MOST_FILE)] | None,
        Field(description=f"must be a text of at most {MOST_FILE:,} characters, or null."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathed:
    """A file of a draft."""

    path: FilePath


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuery:
    """A file, as it is live and in a draft; no draft for the live one alone."""

    path: FilePath
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuery:
    """The content with a draft; no draft for the live one."""

    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What is searched for in titles, phrases and answers."""

    q: Annotated[
        str, Field(min_length=1, max_length=200, description="must have 1 to 200 characters.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A test question, by the live edition and where a draft is named by that too."""

    text: Words
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The groups that somebody has seen and wants."""

    groups: Annotated[
        tuple[Identifier, ...],
        Field(max_length=_MOST_GROUPS, description="must be a list of the ids of groups."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """Why a draft goes back to its author."""

    said: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A missed question becomes a phrase of a topic's file, in a draft."""

    path: FilePath
    phrase: Words
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


# What is told.


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTold:
    """A complaint of the check, in both languages."""

    path: str
    line: int
    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file in the list."""

    path: str
    kind: Kind
    language: Language | None
    line: str
    id: str
    title: str
    valid_to: str | None
    asked: int
    solved: int
    unsolved: int
    handed_over: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """All files; `days` is what the counts reach back, null where nothing was asked yet."""

    files: tuple[FileLine, ...]
    since: Instant | None
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a text stands."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found; `more` where there is further."""

    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """A file, live and in the draft; null where there is none."""

    path: str
    live: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTold:
    """Past questions that a draft answers otherwise; `signed` by those who are for it."""

    id: str
    was: str
    becomes: str
    questions: int
    asked: int
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectTold:
    """What a draft changes; `stale` where its files or the live content have changed since."""

    questions: int
    stale: bool
    groups: tuple[GroupTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTold:
    """A draft."""

    id: str
    title: str
    author: str
    editors: tuple[str, ...]
    state: DraftState
    created: Instant
    changed: Instant
    paths: tuple[str, ...]
    effect: EffectTold | None
    said: str
    approver: str | None
    commit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsTold:
    """The newest drafts."""

    drafts: tuple[DraftTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The draft after a change, and what the check says of the content with it."""

    draft: DraftTold
    faults: tuple[FaultTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check says."""

    faults: tuple[FaultTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementTold:
    """What an edition makes of a question."""

    answer: str
    title: str
    topic: str
    probability: float
    band: str
    language: Language
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseTold:
    """A taught phrase and how near it is, -1 to 1."""

    text: str
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonTold:
    """A topic that the question may mean, and what speaks for it."""

    topic: str
    title: str
    probability: float
    words: tuple[str, ...]
    phrases: tuple[PhraseTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTold:
    """A test question; `draft` is null where none was named."""

    live: JudgementTold
    draft: JudgementTold | None
    why: tuple[ReasonTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipTold:
    """A past question that comes out otherwise."""

    text: str
    asked: int
    solved: int
    unsolved: int
    handed_over: int
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipsOfGroup:
    """A group with its questions, those asked most first."""

    id: str
    was: str
    becomes: str
    flips: tuple[FlipTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A job that runs: `fitting`, then `comparing` `done` of `of`."""

    state: Literal["fitting", "comparing", "done", "failed", "none"]
    done: int = 0
    of: int = 0
    why: str = ""
    groups: tuple[FlipsOfGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionTold:
    """A publication or a commit of an engineer."""

    id: str
    at: Instant
    editor: str
    approver: str
    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The newest changes of the content."""

    revisions: tuple[RevisionTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A file before and after; null where there was none."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one change did."""

    changes: tuple[ChangeTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTold:
    """A topic that a missed question may belong to."""

    topic: str
    title: str
    path: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissTold:
    """Missed questions that mean the same."""

    id: str
    language: Language
    phrase: str
    asked: int
    handed_over: int
    unsolved: int
    questions: tuple[str, ...]
    homes: tuple[HomeTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """The board: groups, and how many turns were read since when."""

    groups: tuple[MissTold, ...]
    since: Instant | None
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What serves now, and what becomes of the newest change."""

    version: str
    state: EditionState
    since: Instant | None
    faults: tuple[FaultTold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioPerson:
    """Who is signed in at the studio, and which content serves."""

    name: str
    role: Role
    live: Live


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished(Problem):
    """Why a draft is not published: complaints, or groups that nobody has signed."""

    faults: tuple[FaultTold, ...] = ()
    unsigned: tuple[str, ...] = field(default=())
