"""The forms of uploads and downloads of the studio: tests of tables, tables, imports."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from servicebot.domain.content_path import MOST_LENGTH
from servicebot.studio.tables.not_taken import Why
from servicebot.web.answer_forms import Instant
from servicebot.web.studio_answer_forms import DraftTold, FaultTold

FileName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        description="must be the name of the file, of 1 to 200 characters, with its ending.",
    ),
]
DraftId = Annotated[str, Field(max_length=80, description="must be the id of a draft.")]
Form = Annotated[
    Literal["xlsx", "csv", "gbk"],
    Field(description="must be `xlsx`, `csv` (UTF-8) or `gbk`."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedFile:
    """A table of questions, and which edition is asked; no draft for the live one."""

    name: FileName
    draft: DraftId = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloading:
    """In which form a table is wanted."""

    form: Form = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """In which form and language a table to begin from is wanted."""

    form: Form = "xlsx"
    language: Annotated[Literal["zh", "en"], Field(description="must be `zh` or `en`.")] = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadedTable:
    """Which table of the content is wanted; none for all of them in one workbook."""

    path: Annotated[
        str, Field(max_length=MOST_LENGTH, description="must be the path of a table.")
    ] = ""
    draft: DraftId = ""
    form: Form = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedTable:
    """What comes back: a workbook of exported tables, or one table as CSV with its path."""

    name: FileName
    path: Annotated[
        str, Field(max_length=MOST_LENGTH, description="must be the path of a table.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """Questions and answers of another program, and what their articles have in common."""

    name: FileName
    line: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9][a-z0-9_\-]{0,39}$",
            description="must be a folder of the content: small letters, digits, `-`, `_`.",
        ),
    ]
    owner: Annotated[
        str,
        Field(
            pattern=r"^[^\s@:#]{1,100}@[^\s@:#]{1,100}$",
            description="must be the mail address of the team that answers for it.",
        ),
    ]
    source: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description="must say in 1 to 200 characters on what it rests.",
        ),
    ]
    first: Annotated[date, Field(description="must be the first day, such as 2026-01-01.")]
    last: Annotated[date, Field(description="must be the last day, such as 2027-12-31.")]
    draft: DraftId = ""
    near: Annotated[bool, Field(description="must say whether near topics get articles too.")] = (
        False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTold:
    """A test without its rows; `unknown` are expected topics that the edition does not have."""

    id: str
    at: Instant
    who: str
    table: str
    edition: str
    draft: str
    draft_title: str
    questions: int
    expected: int
    passed: int
    took_s: float
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsTold:
    """The newest tests."""

    runs: tuple[RunTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedRow:
    """A question; `was` is what the same question came out as last time, null where it was not asked."""

    row: int
    text: str
    expected: str
    expected_title: str
    answer: str
    title: str
    probability: float
    band: str
    reply: str
    passed: bool | None
    was: str | None
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TestTold:
    """A test: as long as it runs `fitting`, then `asking` `done` of `of`."""

    id: str
    state: Literal["fitting", "asking", "done", "failed"]
    done: int
    of: int
    why: str = ""
    run: RunTold | None = None
    before: RunTold | None = None
    rows: tuple[TestedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """A table of the content."""

    path: str
    rows: int
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesTold:
    """Every table."""

    tables: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTold:
    """A cell that an upload changes; row and column from 1."""

    path: str
    row: int
    column: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTakenTold:
    """What was not taken: where it stands, why, and what it is about."""

    place: str
    why: Why
    named: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTaken:
    """What an upload did to a draft; the first of the changed cells and of what was not taken."""

    draft: DraftTold
    faults: tuple[FaultTold, ...]
    count: int
    cells: tuple[CellTold, ...]
    not_taken: tuple[NotTakenTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTaken:
    """A question that came in: its article in the draft, new or given further phrases."""

    title: str
    path: str
    phrases: int
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTaken:
    """What an import did; no draft where nothing was taken."""

    draft: DraftTold | None
    faults: tuple[FaultTold, ...]
    topics: tuple[TopicTaken, ...]
    not_taken: tuple[NotTakenTold, ...]
