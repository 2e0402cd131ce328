"""Good tables are read; bad ones say where they are bad."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.evaluation.read_table import read_csv, read_tsv

WriteTable = Callable[[str, Sequence[str]], Path]


def test_quotes_and_further_columns_are_understood(write_table: WriteTable) -> None:
    path = write_table("a.csv", ["text,label,x", '"a, ""b""",one,9', "", "c,two"])
    assert [line.fields for line in read_csv(path, columns=2)] == [('a, "b"', "one"), ("c", "two")]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\na,b\n".encode("utf-8-sig"))
    assert read_csv(path, columns=2)[0].fields == ("a", "b")


def test_quotes_in_a_tsv_are_plain(write_table: WriteTable) -> None:
    path = write_table("a.tsv", ['say "hi\tb\t1'])
    assert read_tsv(path, columns=3)[0].fields == ('say "hi', "b", "1")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["text,label"], "at least one row"),
        (["text,label", "only"], r"a\.csv:2:.*2 columns"),
        (["text,label", "a,b", ",b"], r"a\.csv:3:.*none of them empty"),
        (["text,label", '"open,b'], "well-formed"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    write_table: WriteTable, lines: list[str], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        read_csv(write_table("a.csv", lines), columns=2)


def test_a_missing_or_binary_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_csv(tmp_path / "none.csv", columns=2)
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match="cannot be read"):
        read_csv(tmp_path / "b.csv", columns=2)
