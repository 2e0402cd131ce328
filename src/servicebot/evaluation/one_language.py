"""Keeps the lines of one language, for `--lang`; files of one language need no such word."""

from pathlib import Path

from servicebot.domain.understanding import Language
from servicebot.evaluation.read_table import Line, data_fault
from servicebot.understanding.language import detect_language
from servicebot.understanding.normalize import normalize


def only_language(
    lines: tuple[Line, ...], language: Language | None, *, column: int, path: Path
) -> tuple[Line, ...]:
    """The lines whose text in `column` is in the language or shows none; all for None.

    Raises:
        ContentError: No line is left.
    """
    if language is None:
        return lines
    kept = tuple(
        line
        for line in lines
        if detect_language(normalize(line.fields[column])) in {None, language}
    )
    if not kept:
        raise data_fault(path, 1, f"has no line in {language.value}")
    return kept
