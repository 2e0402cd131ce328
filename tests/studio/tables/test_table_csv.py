"""A table goes out as CSV and comes back: exactly the changed cells change, formulas stay out."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.errors import RejectedError
from servicebot.studio.tables.csv_rows import read_csv_rows, write_csv_row
from servicebot.studio.tables.formulas import is_formula, neutralised, restored
from servicebot.studio.tables.table_csv import export_table, import_table
from servicebot.studio.tables.write_table import TableForm

PATH = "knowledge_base/values/a.csv"
TEXT = "name,value,day\r\na,=1+1,2026-01-01\r\nb,-5,2026-02-03\r\n"
CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=9)
FORMS = st.sampled_from([TableForm.CSV, TableForm.GBK])


@pytest.mark.parametrize("form", [TableForm.CSV, TableForm.GBK])
def test_every_table_of_the_content_comes_back_without_a_changed_byte(
    project: Path, form: TableForm
) -> None:
    for file in sorted((project / "knowledge_base").rglob("*.csv")):
        text = file.read_bytes().decode()
        out = export_table(text, form, "t")
        assert import_table("p", text, out) == (text, (), ())


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=6), FORMS)
def test_any_table_comes_back_as_it_was(rows: list[list[str]], form: TableForm) -> None:
    text = "".join(write_csv_row(row, "\n") for row in [["a", "b", "c"], *rows])
    merged, changes, refused = import_table(PATH, text, export_table(text, form, "t"))
    assert (merged, changes, refused) == (text, (), ())


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), min_size=1, max_size=5),
    st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=5),
    FORMS,
)
def test_what_is_edited_is_what_comes_in_and_goes_out(
    rows: list[list[str]], wanted: list[list[str]], form: TableForm
) -> None:
    head = ["a", "b", "c"]
    text = "".join(write_csv_row(row, "\n") for row in [head, *rows])
    edit = "".join(write_csv_row(row, "\n") for row in [head, *wanted])
    merged, changes, refused = import_table(PATH, text, export_table(edit, form, "t"))
    assert refused == ()
    assert [row.cells for row in read_csv_rows(merged)] == [tuple(row) for row in [head, *wanted]]
    assert export_table(merged, form, "t") == export_table(edit, form, "t")
    assert bool(changes) is (rows != wanted)


@given(CELLS)
def test_no_cell_is_computed_and_each_is_known_again(cell: str) -> None:
    assert restored(neutralised(cell)) == cell
    assert not is_formula(neutralised(cell))


@given(CELLS, CELLS)
def test_two_cells_never_become_one(one: str, other: str) -> None:
    assert (neutralised(one) == neutralised(other)) is (one == other)


def edited(text: str, row: int, column: int, words: str) -> bytes:
    rows = [list(one.cells) for one in read_csv_rows(text)]
    rows = [[neutralised(cell) for cell in one] for one in rows]
    rows[row][column] = words
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_a_changed_cell_is_the_only_change_and_a_typed_formula_is_none() -> None:
    merged, changes, refused = import_table(PATH, TEXT, edited(TEXT, 2, 1, "-7.5"))
    assert merged == TEXT.replace("-5", "-7.5")
    assert [(one.row, one.column, one.before, one.after) for one in changes] == [
        (3, 2, "-5", "-7.5")
    ]
    merged, changes, refused = import_table(PATH, TEXT, edited(TEXT, 2, 1, "=HYPERLINK(1)"))
    assert (merged, changes) == (TEXT, ())
    assert [str(one) for one in refused] == [
        "3:2: a formula is not taken, only what it comes to; it stays `-5`."
    ]


def test_days_as_excel_saves_them_are_the_same_days() -> None:
    data = TEXT.replace("=1+1", "'=1+1").replace("-5", "'-5")
    data = data.replace("2026-01-01", "2026/1/1").replace("2026-02-03", "2026/3/4")
    merged, changes, _ = import_table(PATH, TEXT, data.encode("gb18030"))
    assert merged == TEXT.replace("2026-02-03", "2026-03-04")
    assert len(changes) == 1


def test_another_table_is_refused() -> None:
    with pytest.raises(RejectedError, match="not the table"):
        import_table(PATH, TEXT, b"question,answer\nx,y\n")
