"""`--lang` keeps the lines of one language and says when there are none."""

from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.domain.understanding import Language
from servicebot.evaluation.one_language import only_language
from servicebot.evaluation.read_table import Line

LINES = tuple(
    Line(number=number, fields=(text, "x"))
    for number, text in enumerate(("余额", "my balance", "123"), 1)
)


@pytest.mark.parametrize(
    ("language", "numbers"), [(None, [1, 2, 3]), (Language.ZH, [1, 3]), (Language.EN, [2, 3])]
)
def test_lines_of_the_language_and_lines_of_none_are_kept(
    language: Language | None, numbers: list[int]
) -> None:
    kept = only_language(LINES, language, column=0, path=Path("x.csv"))
    assert [line.number for line in kept] == numbers


def test_a_file_without_the_language_is_refused() -> None:
    with pytest.raises(ContentError, match="no line in en"):
        only_language(LINES[:1], Language.EN, column=0, path=Path("x.csv"))
