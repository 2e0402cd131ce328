"""Reads labelled CSV and TSV files; a bad file says where it is bad."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebot.domain.errors import ContentError, ContentFault

_RULE: Final = "data-file"
_LONGEST_FIELD: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table: its line number and its first fields."""

    number: int
    fields: tuple[str, ...]


def data_fault(path: Path, line: int, message: str) -> ContentError:
    """The error for a data file that cannot be used."""
    return ContentError((ContentFault(path=str(path), line=line, rule=_RULE, message=message),))


def read_csv(path: Path, *, columns: int) -> tuple[Line, ...]:
    """Reads a comma-separated file with a header row of any names; further columns are ignored.

    Raises:
        ContentError: The file cannot be read, is empty, or a row lacks a column.
    """
    lines = tuple(_rows(path, columns, delimiter=",", quoting=csv.QUOTE_MINIMAL))
    if len(lines) < 2:  # noqa: PLR2004 - the header and one row
        raise data_fault(path, 1, "needs a header row and at least one row below it")
    return lines[1:]


def read_tsv(path: Path, *, columns: int) -> tuple[Line, ...]:
    """Reads a tab-separated file without a header; quotes are plain characters.

    Raises:
        ContentError: The file cannot be read, is empty, or a row lacks a column.
    """
    lines = tuple(_rows(path, columns, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not lines:
        raise data_fault(path, 1, "is empty")
    return lines


def _rows(path: Path, columns: int, *, delimiter: str, quoting: int) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_FIELD)
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, quoting=quoting, strict=True)  # type: ignore[arg-type,unused-ignore] # the stubs want a literal
            for fields in reader:
                number = reader.line_num
                if any(field.strip() for field in fields):
                    yield _line(path, number, fields, columns)
    except (OSError, UnicodeDecodeError) as error:
        raise data_fault(path, number, f"cannot be read as UTF-8 text: {error}") from error
    except csv.Error as error:
        raise data_fault(path, number + 1, f"is not a well-formed table: {error}") from error


def _line(path: Path, number: int, fields: list[str], columns: int) -> Line:
    kept = tuple(field.strip() for field in fields[:columns])
    if len(kept) < columns or not all(kept):
        raise data_fault(path, number, f"needs {columns} columns, none of them empty")
    return Line(number=number, fields=kept)
