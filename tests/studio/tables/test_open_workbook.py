"""A workbook that somebody else made is bounded, and whatever is wrong with it is told."""

import io
import random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.studio.tables.test_question_table import excel

from servicebot.domain.errors import RejectedError, TooLargeError
from servicebot.studio.tables.open_workbook import MOST_ROWS, MOST_UNPACKED
from servicebot.studio.tables.question_table import read_question_table

SEED = 7


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with (
        ZipFile(io.BytesIO(data)) as old,
        ZipFile(out, "w", ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()


def test_a_small_file_that_unpacks_to_a_large_one_is_refused() -> None:
    bomb = with_part(excel(("text",)), "xl/worksheets/sheet1.xml", b"0" * (MOST_UNPACKED + 1))
    assert len(bomb) < 200_000
    with pytest.raises(TooLargeError, match="unpacks"):
        read_question_table("a.xlsx", bomb)


def test_a_cell_at_the_end_of_the_sheet_makes_no_million_rows() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    far = with_part(excel(("text",)), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(TooLargeError, match=str(MOST_ROWS)):
        read_question_table("a.xlsx", far)


def test_entities_of_a_sheet_are_not_unfolded() -> None:
    folds = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    sheet = b'<!DOCTYPE x [<!ENTITY a0 "xxxxxxxxxx">' + folds + b"]><worksheet>&a8;</worksheet>"
    with pytest.raises(RejectedError):
        read_question_table(
            "a.xlsx", with_part(excel(("text",)), "xl/worksheets/sheet1.xml", sheet)
        )


def test_a_damaged_workbook_is_read_or_refused() -> None:
    chance, whole = random.Random(SEED), excel(("text", "expected"), ("利息", "a"), ("还款", "b"))
    with ZipFile(io.BytesIO(whole)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    for _ in range(150):
        data, part = bytearray(whole), bytearray(sheet)
        data[chance.randrange(len(data))] = chance.randrange(256)
        part[chance.randrange(len(part))] = chance.randrange(256)
        for one in (bytes(data), with_part(whole, "xl/worksheets/sheet1.xml", bytes(part))):
            try:
                read_question_table("a.xlsx", one)
            except RejectedError:
                continue
