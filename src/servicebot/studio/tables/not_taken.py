"""What an upload holds and a draft does not get, with the place and the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from typing_extensions import override


class Why(StrEnum):
    """Why something was not taken; the page words it in its language."""

    FORMULA = "formula"
    PERCENTAGE = "percentage"
    GONE = "gone"
    ROW_CHANGED = "row_changed"
    TABLE_CHANGED = "table_changed"
    COLUMNS = "columns"
    NO_QUESTION = "no_question"
    NO_ANSWER = "no_answer"
    TOO_LONG = "too_long"
    TAUGHT = "taught"
    TWICE = "twice"
    NEAR = "near"
    LANGUAGE = "language"
    NOT_EXAMPLES = "not_examples"
    TOO_MANY = "too_many"
    UNKNOWN_ARTICLE = "unknown_article"
    ODD_CELL = "odd_cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """One thing.

    Attributes:
        place: Where it stands in the file: a cell, a row, an intent.
        why: The reason.
        named: What it is about: what stays, or the topic that has it already.
    """

    place: str
    why: Why
    named: str = ""

    @override
    def __str__(self) -> str:
        """In English, for the command line."""
        return f"{self.place}: {_WORDS[self.why].format(self.named)}"


_WORDS: Final[Mapping[Why, str]] = {
    Why.FORMULA: "a formula is not taken, only what it comes to; it stays `{}`.",
    Why.PERCENTAGE: "a percentage is not taken; write the figure as text. It stays `{}`.",
    Why.GONE: "there is no such table or sheet any more.",
    Why.ROW_CHANGED: "others have changed the row {} since the download; it stays as they have it.",
    Why.TABLE_CHANGED: "others have changed the table since the download, and rows were moved or taken "
    "out of it; download it again.",
    Why.COLUMNS: "its columns are not those that were downloaded.",
    Why.NO_QUESTION: "it has no question.",
    Why.NO_ANSWER: "it has no answer; write one in the article.",
    Why.TOO_LONG: "it is longer than {} characters.",
    Why.TAUGHT: "{} teaches that already.",
    Why.TWICE: "it stands twice; {} has it.",
    Why.NEAR: "{} answers that already; add it there as phrases where it is missing.",
    Why.LANGUAGE: "it is in another language than the article {}.",
    Why.NOT_EXAMPLES: "{} is not taken, only intents with examples.",
    Why.TOO_MANY: "only the first {} are taken; split the file.",
    Why.UNKNOWN_ARTICLE: "there is no article {}; make it in the studio first.",
    Why.ODD_CELL: "{}",
}
