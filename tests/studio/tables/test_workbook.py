"""Tables go out to Excel and come back: exactly the changed cells change, byte for byte."""

import io
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from servicebot.domain.errors import RejectedError
from servicebot.studio.tables.csv_rows import read_csv_rows, write_csv_row
from servicebot.studio.tables.workbook import export_workbook, import_workbook

SEED = 15
CELLS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="，。「」％＋"
    ),
    max_size=12,
)
PATH = "knowledge_base/values/a.csv"


@pytest.fixture(scope="module")
def tables(project: Path) -> dict[str, str]:
    files = sorted((project / "knowledge_base").rglob("*.csv"))
    return {f.relative_to(project).as_posix(): f.read_bytes().decode() for f in files}


def edited(book: bytes, edit: Any) -> bytes:
    opened = load_workbook(io.BytesIO(book))
    edit(opened)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def test_all_tables_come_back_without_a_changed_byte(tables: dict[str, str]) -> None:
    assert len(tables) > 3
    found = import_workbook(export_workbook(tables), tables)
    assert (found.files, found.changes, found.refused) == ({}, (), ())


def test_twenty_changed_cells_are_exactly_those(tables: dict[str, str]) -> None:
    chance = random.Random(SEED)
    wanted: dict[tuple[str, int, int], str] = {}
    while len(wanted) < 20:
        path = chance.choice(sorted(tables))
        rows = read_csv_rows(tables[path])
        row = chance.randrange(2, len(rows) + 1)
        column = chance.randrange(1, len(rows[row - 1].cells) + 1)
        wanted[path, row, column] = f"改过，「{chance.randrange(1000)}」％"

    def edit(book: Any) -> None:
        names = {path: name for name, path in book["目录 Index"].iter_rows(values_only=True)}
        for (path, row, column), words in wanted.items():
            book[names[path]].cell(row, column).value = words

    found = import_workbook(edited(export_workbook(tables), edit), tables)
    assert {(c.path, c.row, c.column): c.after for c in found.changes} == wanted
    for path, text in found.files.items():
        before, after = read_csv_rows(tables[path]), read_csv_rows(text)
        for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
            touched = any((path, number, column) in wanted for column in range(1, 50))
            assert touched or old.written == new.written


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), min_size=1, max_size=8))
@settings(deadline=None)
def test_any_table_comes_back_as_it_was(rows: list[list[str]]) -> None:
    text = "".join(write_csv_row(row, "\n") for row in rows)
    found = import_workbook(export_workbook({PATH: text}), {PATH: text})
    assert (found.files, found.refused) == ({}, ())


def test_a_formula_stays_text_and_one_that_is_typed_is_refused() -> None:
    text = "name,value\na,=1+1\nb,2\n"
    out = export_workbook({PATH: text})
    assert load_workbook(io.BytesIO(out))["a"]["B2"].data_type == "s"
    assert import_workbook(out, {PATH: text}).files == {}

    def edit(book: Any) -> None:
        book["a"]["B3"].value = "=SUM(A1:A9)"

    found = import_workbook(edited(out, edit), {PATH: text})
    assert found.files == {}
    assert "a!B3: a formula" in str(found.refused[0])


def test_figures_and_days_are_written_as_people_see_them_and_rows_may_come_and_go() -> None:
    text = "name,value,day\r\na,1,x\r\nb,2,y\r\nc,3,z"

    def edit(book: Any) -> None:
        sheet = book["a"]
        sheet["B2"].value, sheet["C2"].value = (
            0.05,
            datetime(2026, 11, 29, tzinfo=UTC).replace(tzinfo=None),
        )
        sheet["B2"].number_format = "General"
        sheet.delete_rows(3)
        sheet.append(["d", 12.0, "新"])

    found = import_workbook(edited(export_workbook({PATH: text}), edit), {PATH: text})
    assert found.files[PATH] == "name,value,day\r\na,0.05,2026-11-29\r\nc,3,z\r\nd,12,新\r\n"


@pytest.mark.parametrize("data", [b"", b"PK", b"text"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedError, match="no Excel workbook"):
        import_workbook(data, {})
