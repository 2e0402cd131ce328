"""The form of everything that the studio tells."""

from dataclasses import dataclass
from typing import Literal

from servicebot.domain.desk_people import Role
from servicebot.domain.drafts import DraftState
from servicebot.domain.edition_now import EditionState
from servicebot.domain.errors import Level
from servicebot.domain.understanding import Language
from servicebot.studio.list_files import Kind
from servicebot.studio.why import NearPhrase
from servicebot.web.answer_forms import ContentProblem, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTold:
    """A complaint of the check, in both languages."""

    path: str
    line: int
    rule: str
    zh: str
    en: str
    level: Level = Level.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file in the list; `solved` and `unsolved` is what was said of an answer as it serves now."""

    path: str
    kind: Kind
    language: Language | None
    line: str
    id: str
    title: str
    valid_to: str | None
    asked: int
    handed_over: int
    solved: int
    unsolved: int
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
class EditionRated:
    """What customers said of one edition of an article; `serving` of the words that serve now."""

    serving: bool
    solved: int
    unsolved: int
    newest: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """A file, live and in the draft; null where there is none. Of an article also its ratings.

    `stamp` is of the text: whoever writes over it says which they have seen.
    """

    path: str
    live: str | None
    text: str | None
    stamp: str
    ratings: tuple[EditionRated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTold:
    """Past questions that a draft answers otherwise; `signed` by those who are for it.

    `solved` and `unsolved` is what customers said of the answers before.
    """

    id: str
    was: str
    becomes: str
    questions: int
    asked: int
    solved: int
    unsolved: int
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
    """The draft after a change, and what the check says of the content with it.

    `stamp` is of the file that was written; empty where the change was another.
    """

    draft: DraftTold
    faults: tuple[FaultTold, ...]
    stamp: str = ""


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
class ReasonTold:
    """A topic that the question may mean, and what speaks for it."""

    topic: str
    title: str
    probability: float
    words: tuple[str, ...]
    phrases: tuple[NearPhrase, ...]


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
    handed_over: int
    solved: int
    unsolved: int
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
class NotPublished(ContentProblem):
    """Why a draft is not published: complaints, or groups that nobody has signed."""

    faults: tuple[FaultTold, ...] = ()
    unsigned: tuple[str, ...] = ()
