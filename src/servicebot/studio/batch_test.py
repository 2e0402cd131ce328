"""A test of many questions with the topics that should answer them."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicebot.studio.judge import Judgement
from servicebot.studio.question_table import QuestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One row with what an edition makes of it."""

    row: QuestionRow
    judgement: Judgement

    @property
    def passed(self) -> bool | None:
        """Whether the expected topic answers; None where nothing is expected."""
        return self.row.expected == self.judgement.answer if self.row.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """All rows; `passed` of those `expected` to come out as they should."""

    rows: tuple[Tested, ...]

    @property
    def expected(self) -> int:
        """How many rows say what they expect."""
        return sum(one.passed is not None for one in self.rows)

    @property
    def passed(self) -> int:
        """How many of those come out so."""
        return sum(one.passed is True for one in self.rows)


def run_of(rows: Sequence[QuestionRow], judgements: Sequence[Judgement]) -> TestRun:
    """The run of rows and what was made of each."""
    tested = (Tested(row=row, judgement=one) for row, one in zip(rows, judgements, strict=True))
    return TestRun(rows=tuple(tested))
