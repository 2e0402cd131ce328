"""What spreadsheets and editors write is read, or named exactly; a fault names a line of the file."""

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.content.complaint import load_complaints, words_of
from servicebot.content.decode import decode
from servicebot.content.parse_article import parse_article
from servicebot.content.parse_replies import parse_replies
from servicebot.content.parse_tables import parse_values
from servicebot.content.read_day import read_day
from servicebot.content.read_text import source_of
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

PLACE = "knowledge_base/zh/identity/minor.md"
TABLE = "knowledge_base/values/weilidai.csv"


def article_faults(data: bytes) -> tuple[ContentFault, ...]:
    try:
        parse_article(source_of(PLACE, data), Language.ZH)
    except ContentError as error:
        return error.faults
    return ()


def table_faults(text: str) -> tuple[ContentFault, ...]:
    try:
        parse_values(source_of(TABLE, text.encode()))
    except ContentError as error:
        return error.faults
    return ()


@pytest.fixture(scope="module")
def article(project: Path) -> str:
    return (project / PLACE).read_text("utf-8")


@pytest.fixture(scope="module")
def table(project: Path) -> str:
    return (project / TABLE).read_text("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_article_is_the_same_in_every_encoding_that_is_certain(
    article: str, encoding: str, end: str
) -> None:
    data = article.replace("\n", end).encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    read = parse_article(source_of(PLACE, data), Language.ZH)
    assert read == parse_article(source_of(PLACE, article.encode()), Language.ZH)


def test_damaged_text_is_not_taken_for_gbk(article: str) -> None:
    data = article.encode()
    at = data.index("孩".encode())
    broken = data[:at] + data[at + 1 :]
    (fault,) = article_faults(broken)
    assert (fault.rule, fault.line) == ("not-utf-8", broken[:at].count(b"\n") + 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nowner", "\n\u200bowner"),
        ("\n  未", "\n\u00a0\u00a0未"),
        ("2026-01-01", "2026/1/1"),
        ("2026-01-01", "２０２６-01-01"),
        ("hand_over: no", "hand_over: No"),
        ("hand_over: no", "hand_over: ｎｏ"),
        ("---\nid", "\n\n---\nid"),
    ],
)
def test_what_is_meant_beyond_doubt_is_read(article: str, old: str, new: str) -> None:
    assert old in article
    assert article_faults(article.replace(old, new, 1).encode()) == ()


@pytest.mark.parametrize("line", [9, 13, 20, 40])
def test_lost_blanks_are_named_where_they_are_lost(article: str, line: int) -> None:
    lines = article.split("\n")
    lines[line - 1] = lines[line - 1].strip()
    (fault,) = article_faults("\n".join(lines).encode())
    assert (fault.line, fault.rule) in {(line, "lost-indent"), (line, "missing-colon")}


@pytest.mark.parametrize("field", ["id", "title", "valid", "hand_over", "asked_as", "held_out"])
def test_a_full_width_colon_is_named_at_its_line(article: str, field: str) -> None:
    text = article.replace(f"{field}:", f"{field}：", 1)
    (fault,) = article_faults(text.encode())
    assert fault.rule == "wide-colon"
    assert text.split("\n")[fault.line - 1].startswith(f"{field}：")
    assert "全角冒号" in words_of(fault, Language.ZH)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("title: ", "titles: ", "unknown-field"),
        ("title: ", "标题: ", "unknown-field"),
        ("title: ", "title:", "blank-after-colon"),
        ("title: 未", "title: 问: 未", "colon-in-value"),
        ("吗\nvalid", "吗 #3\nvalid", "hash-cut"),
        ("\nowner", "\n  owner", "blanks-in-front"),
        ("asked_as: |", "asked_as: ｜", "missing-bar"),
        ("asked_as: |", "asked_as: >", "missing-bar"),
        (" -> ", " ，", "wrong-arrow"),
        ("\n---\n要", "\n要", "front-matter-end"),
        ("owner", "ow\x00ner", "odd-sign"),
        ("未成年", "未成\ufffd", "damaged-sign"),
    ],
)
def test_a_slip_is_one_complaint(article: str, old: str, new: str, rule: str) -> None:
    assert old in article
    found = article_faults(article.replace(old, new, 1).encode())
    assert [fault.rule for fault in found] == [rule]


@pytest.mark.parametrize(
    "change",
    [
        ("name,value", "\ufeffname,value"),
        ("\n", "\r\n"),
        ("2026-01-01", "2026/1/1"),
        ("source\n", "source,,\n"),
        ("name,value", "Name, Value"),
        ("\nweilidai_terms", "\n\n,,,,\nweilidai_terms"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_table_is_read(table: str, change: tuple[str, str]) -> None:
    assert table_faults(table.replace(*change) + ",,,,\r\n") == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ("factor,1.5,", "factor,,", "empty-cell", "value"),
        ('"200,000"', "200,000", "comma-in-cell", '"200,000"'),
        ('"200,000"', '"200,000', "open-quote", "quote"),
        ("terms,5/10/20,,", "terms，5/10/20,,", "wide-comma", "comma"),
        ("terms,5/10/20,,2026-01-01,sandbox sample", "terms,5/10/20", "too-few-cells", "unit"),
        ("name,value", "name;value", "table-parted", "semicolons"),
        ("valid_from", "valid_form", "column", "`valid_from`"),
        ("name,value,unit", "name,unit", "column-missing", "`value`"),
    ],
)
def test_a_wrong_row_names_what_is_wrong(
    table: str, old: str, new: str, rule: str, words: str
) -> None:
    text = table.replace(old, new, 1)
    (fault,) = table_faults(text)
    assert fault.rule == rule
    assert words in fault.message
    assert new.split(",", maxsplit=1)[0] in text.split("\n")[fault.line - 1]


def test_an_open_quote_in_a_long_table_is_named_where_it_stands(table: str) -> None:
    text = table.replace('"200,000"', '"200,000', 1) + "a,1,,2026-01-01,sandbox sample\n" * 5_000
    (fault,) = table_faults(text)
    assert fault.rule == "open-quote"
    assert '"200,000' in text.split("\n")[fault.line - 1]


def test_a_reply_with_a_wide_colon_below_it_is_named() -> None:
    source = source_of("intents/zh/replies/x.yaml", "a:\n  text：您好\n".encode())
    with pytest.raises(ContentError) as caught:
        parse_replies(source, Language.ZH)
    assert [(one.line, one.rule) for one in caught.value.faults] == [(2, "wide-colon")]


def test_a_day_has_its_year_in_front() -> None:
    assert read_day("2026年1月5日") == read_day("2026-01-05") == read_day(" 2026/1/5 ")
    assert read_day("1/5/2026") is None
    assert read_day("2026-02-30") is None


def test_every_rule_is_worded_in_both_languages_with_the_same_arguments() -> None:
    for name, rule in load_complaints().rules.items():
        chinese, english = (set(re.findall(r"\{(\w+)(?::\w+)?\}", rule[one])) for one in Language)
        assert chinese == english, name
        assert "YAML" not in rule[Language.EN], name


@given(data=st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UnicodeDecodeError:
        return
    assert "\r" not in decoded.text


_PIECES = st.sampled_from(
    [
        "\n",
        "  ",
        "\t",
        "　",
        "：",
        ":",
        ": ",
        "|",
        "---",
        "#",
        "->",
        "→",
        "「",
        '"',
        "{{",
        "}}",
        "id",
        "a",
        "卡",
    ]
)


@given(start=st.integers(0, 900), cut=st.integers(0, 30), put=st.lists(_PIECES, max_size=4))
def test_whatever_is_typed_a_fault_names_a_line_of_the_file(
    start: int, cut: int, put: list[str]
) -> None:
    text = (Path(__file__).parents[2] / PLACE).read_text("utf-8")
    changed = text[:start] + "".join(put) + text[start + cut :]
    for fault in article_faults(changed.encode()):
        assert 1 <= fault.line <= changed.count("\n") + 1
        for told in map(partial(words_of, fault), Language):
            assert told


@pytest.mark.parametrize("nested", ["[" * 50_000, "- " * 20_000 + "x", "a: &a {b: 1}\nc: *a"])
def test_a_file_of_brackets_is_a_fault_and_does_not_end_the_process(nested: str) -> None:
    with pytest.raises(ContentError):
        parse_replies(
            source_of("intents/zh/replies/x.yaml", f"a:\n  {nested}\n".encode()), Language.ZH
        )
