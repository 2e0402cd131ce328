"""Tables are read as staff have them, and what cannot be taken is named with its row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from servicebot.domain.errors import RejectedError
from servicebot.studio.tables.question_table import QuestionRow, read_question_table

WORDS = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1
).filter(lambda text: text == text.strip())


def excel(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_columns_may_be_called_what_the_page_calls_them() -> None:
    data = excel(("客户的问题", "应该回答的主题"), ("多久到账", "weilidai/payout-time"))
    (row,) = read_question_table("a.xlsx", data)
    assert (row.text, row.expected) == ("多久到账", "weilidai/payout-time")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_excel_writes(encoding: str) -> None:
    data = "问题,期望主题,次数\r\n利息，怎么算,weilidai/interest-calculation,3\r\n,,\r\n还款,,\r\n"
    assert read_question_table("a.csv", data.encode(encoding)) == (
        QuestionRow(
            number=2, text="利息，怎么算", expected="weilidai/interest-calculation", asked=3
        ),
        QuestionRow(number=4, text="还款"),
    )


@given(st.lists(WORDS, max_size=20))
def test_what_is_written_is_read(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["text"], *([text] for text in texts)])
    read = read_question_table("a.csv", b"\xef\xbb\xbf" + out.getvalue().encode())
    assert [row.text for row in read] == texts


def test_excel_is_read() -> None:
    data = excel(
        ("Text", "Expected", "Asked"), ("利息", "a/b", 2), (None, None, None), (123, "", "")
    )
    rows = read_question_table("a.XLSX", data)
    assert [(row.number, row.text, row.expected, row.asked) for row in rows] == [
        (2, "利息", "a/b", 2),
        (4, "123", "", 1),
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", "名称,值\n".encode(), "No column of questions"),
        ("a.csv", b"text,asked\nx,many\n", "Row 2 has a count"),
        ("a.csv", b"text\n" + b"x" * 2001 + b"\n", "Row 2 has a question of more than 2,000"),
        ("a.csv", b"text\n\xff\xff\xff\n", "neither UTF-8 nor GBK"),
        ("a.xlsx", b"text\nx\n", "no Excel workbook"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, told: str) -> None:
    with pytest.raises(RejectedError, match=told):
        read_question_table(name, data)
