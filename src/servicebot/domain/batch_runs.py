"""A run of a table of questions against one edition: what came out of every row."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One question.

    Attributes:
        number: Of its row in the table, from 1.
        text: What was asked, as the chat would hear it.
        expected: The topic that should answer; empty where nothing is expected.
        answer: The topic that answers or the task that begins; else the rule that decided.
        title: What the answer is called.
        probability: The chance of the best topic, 0..1.
        band: What that allows.
        reply: What is said.
    """

    number: int
    text: str
    expected: str
    answer: str
    title: str
    probability: float
    band: str
    reply: str

    @property
    def passed(self) -> bool | None:
        """Whether the expected topic answers; None where nothing is expected."""
        return self.expected == self.answer if self.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """What is told of a run without its questions.

    Attributes:
        id: Chosen when it began.
        at: When it began, UTC.
        who: Who ran it.
        table: Name of the file.
        edition: Version of the content that was asked.
        draft: Id of the draft that was asked; empty for the live content.
        draft_title: What that draft was for.
        questions: How many rows.
        expected: How many of them say what they expect.
        passed: How many of those came out so.
        took_s: How long it took, seconds.
        unknown: Expected topics that the edition does not have; the first of them.
    """

    id: str
    at: datetime
    who: str
    table: str
    edition: str
    draft: str = ""
    draft_title: str = ""
    questions: int = 0
    expected: int = 0
    passed: int = 0
    took_s: float = 0.0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRun:
    """A run with its rows, in the order of the table."""

    summary: BatchSummary
    rows: tuple[BatchRow, ...]


def table_key(name: str) -> str:
    """What two files must have in common to be the same table: the name, whatever its ending."""
    return name.rpartition("/")[2].rpartition(".")[0].strip().casefold() or name.casefold()
