"""Tables go out to Excel and come back: exactly the changed cells change, byte for byte."""

import io
import random
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from servicebot.domain.errors import RejectedError
from servicebot.studio.tables.csv_rows import read_csv_rows, write_csv_row
from servicebot.studio.tables.not_taken import Why
from servicebot.studio.tables.rebase_rows import rebase_rows
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


def put(place: str, value: object) -> Any:
    def edit(book: Any) -> None:
        book["a"][place].value = value

    return edit


def test_what_others_changed_since_the_download_stays() -> None:
    downloaded = "name,value\na,1\nb,2\nc,3\n"
    now = "name,value\nnew,0\na,5\nb,2\nc,3\nd,4\n"
    data = export_workbook({PATH: downloaded})
    assert import_workbook(data, {PATH: now}).files == {}
    found = import_workbook(edited(data, put("B3", "7")), {PATH: now})
    assert found.files[PATH] == now.replace("b,2", "b,7")
    assert [(one.row, one.before, one.after) for one in found.changes] == [(4, "2", "7")]


def test_a_row_that_both_changed_stays_as_others_have_it_and_is_told() -> None:
    data = export_workbook({PATH: "name,value\na,1\n"})
    found = import_workbook(edited(data, put("B2", "3")), {PATH: "name,value\na,2\n"})
    assert (found.files, [str(one) for one in found.refused]) == (
        {},
        ["a!2: others have changed the row a since the download; it stays as they have it."],
    )


def test_rows_at_the_end_come_behind_those_of_others() -> None:
    data = export_workbook({PATH: "name,value,day\na,1,x\n"})

    def edit(book: Any) -> None:
        book["a"].append(["mine"])

    found = import_workbook(edited(data, edit), {PATH: "name,value,day\na,1,x\nhers,5,y\n"})
    assert found.files[PATH] == "name,value,day\na,1,x\nhers,5,y\nmine,,\n"


def test_moved_and_deleted_rows_are_not_guessed_at_where_others_changed_the_table() -> None:
    rows = "name,value\na,1\nb,2\nc,3\nd,4\n"
    data = export_workbook({PATH: rows})

    def swap(book: Any) -> None:
        book["a"].move_range("A2:B2", rows=1, translate=False)
        book["a"]["A2"].value, book["a"]["B2"].value = "b", "2"

    def delete(book: Any) -> None:
        book["a"].delete_rows(3)

    for edit in (swap, delete):
        found = import_workbook(edited(data, edit), {PATH: rows.replace("d,4", "d,44")})
        assert (found.files, [one.why for one in found.refused]) == ({}, [Why.TABLE_CHANGED])
        assert import_workbook(edited(data, edit), {PATH: rows}).files


def test_a_table_with_other_columns_is_not_taken() -> None:
    text = "name,value\na,1\n"

    def edit(book: Any) -> None:
        book["a"].insert_cols(2)

    found = import_workbook(edited(export_workbook({PATH: text}), edit), {PATH: text})
    assert (found.files, [one.why for one in found.refused]) == ({}, [Why.COLUMNS])


def test_a_formula_in_a_row_that_moved_keeps_what_its_own_row_was() -> None:
    text = "name,value\na,1\nb,2\nc,3\nd,4\n"

    def edit(book: Any) -> None:
        sheet = book["a"]
        sheet.insert_rows(2)
        sheet["A2"].value, sheet["B2"].value = "new", "0"
        sheet["B5"].value = "=1+1"

    found = import_workbook(edited(export_workbook({PATH: text}), edit), {PATH: text})
    assert found.files[PATH] == "name,value\nnew,0\na,1\nb,2\nc,3\nd,4\n"


@given(st.data())
@settings(deadline=None)
def test_no_row_of_others_is_lost_or_doubled(data: st.DataObject) -> None:
    names = st.sampled_from("abcdef")
    table = st.lists(st.tuples(names, names), min_size=1, max_size=7)
    old, sent, now = data.draw(table), data.draw(table), data.draw(table)
    wanted, left = rebase_rows(old, sent, now)
    if old == now:
        assert wanted == sent
    elif left and left[0].why is Why.TABLE_CHANGED:
        assert wanted == now
    else:
        untouched = Counter[tuple[str, ...]](now) - Counter[tuple[str, ...]](old)
        assert not untouched - Counter(wanted), "what others wrote is there"
        assert len(now) <= len(wanted) <= len(now) + max(0, len(sent) - len(old))


def test_a_workbook_whose_hidden_sheets_are_gone_is_compared_with_now() -> None:
    def edit(book: Any) -> None:
        del book["~a"]

    data = export_workbook({PATH: "name,value\na,1\n"})
    found = import_workbook(edited(data, edit), {PATH: "name,value\na,2\n"})
    assert [(one.before, one.after) for one in found.changes] == [("2", "1")]


@given(st.data())
@settings(deadline=None)
def test_whatever_others_did_one_changed_cell_is_one_changed_cell(data: st.DataObject) -> None:
    names = data.draw(st.lists(CELLS.filter(bool), min_size=2, max_size=6, unique=True))
    rows = [("name", "value"), *((name, str(place)) for place, name in enumerate(names))]
    kept = data.draw(st.integers(1, len(names)))
    others = [row for row in rows if row is rows[kept] or data.draw(st.booleans())]
    sent = [(name, "mine" if place == kept else value) for place, (name, value) in enumerate(rows)]
    wanted = [(row[0], "mine") if row is rows[kept] else row for row in others]
    assert rebase_rows(rows, sent, others) == (wanted, [])


@pytest.mark.parametrize("data", [b"", b"PK", b"text"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(RejectedError, match="no Excel workbook"):
        import_workbook(data, {})
