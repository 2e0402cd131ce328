"""A question of another program, as its file has it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from servicebot.domain.understanding import Language

MOST_TOPICS: Final = 300
_HAN: Final = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTopic:
    """One.

    Attributes:
        place: Where it stands in the file.
        title: What it is called there, or its first question.
        phrases: How it is asked, each once.
        answer: What is said; empty where the file has none.
        name: What its article's file may be called; empty where the title has to do.
    """

    place: str
    title: str
    phrases: tuple[str, ...]
    answer: str
    name: str = ""

    @property
    def language(self) -> Language:
        """Of its questions."""
        return Language.ZH if _HAN.search("".join(self.phrases)) else Language.EN


def one_line(words: str) -> str:
    """A phrase or a title: one line, without signs that nobody sees."""
    seen = "".join(
        " " if one.isspace() else one
        for one in words
        if one.isspace() or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(seen.split())


def lines_of(cell: str) -> tuple[str, ...]:
    """The lines of a cell that are not empty, each once."""
    return tuple(dict.fromkeys(line for line in map(one_line, cell.splitlines()) if line))


def as_answer(words: str) -> str:
    """An answer: its lines without blanks at their ends, and nothing that nobody sees."""
    lines = (one_line(line) for line in words.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
