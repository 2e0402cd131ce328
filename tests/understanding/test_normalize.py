"""Normalizing is idempotent, total and quick."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.content.content import Synonym
from servicebot.domain.understanding import Language
from servicebot.understanding.normalize import (
    MAX_CHARACTERS,
    build_synonym_table,
    build_synonym_tables,
    normalize,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微粒貸怎麼還款", "微粒贷怎么还款"),
        ("ＡＰＰ打不开！！！", "app打不开!"),
        ("还款😀😀成功了吗👍🏽", "还款成功了吗"),
        ("哈哈哈哈哈", "哈哈"),
        ("１２，０００元", "12,000元"),
        ("10000", "10000"),
        ("a\u200bb\ufeffc", "abc"),
        ("  多  个\t空格\n", "多 个 空格"),
        ("￥1,200", "¥1,200"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_spellings_are_folded(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text(max_size=300))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(st.text(alphabet=st.characters(), max_size=100))
def test_any_text_is_cut_to_the_limit(text: str) -> None:
    assert len(normalize(text * 50)) <= MAX_CHARACTERS


@pytest.mark.parametrize("unit", ["a", "哈", "!?", "é😀", "ﷺ", "\u200b", "🏽", "1 ", "\ud800"])
def test_bad_input_takes_less_than_five_milliseconds(unit: str) -> None:
    normalize("繁體")
    best = min(_timed(unit * 5000) for _ in range(5))
    assert best < 0.005


def _timed(text: str) -> float:
    begun = time.perf_counter()
    normalize(text)
    return time.perf_counter() - begun


def test_the_longest_variant_is_replaced_and_terms_are_left_alone() -> None:
    table = build_synonym_table(
        (
            Synonym(language=Language.ZH, term="微粒贷", variants=("微粒货", "微利")),
            Synonym(language=Language.ZH, term="额度", variants=("信用额度", "额")),
            Synonym(language=Language.EN, term="repay", variants=("pay back",)),
        )
    )
    assert table.replace("微粒货的信用额度") == "微粒贷的额度"
    assert table.replace("额度") == "额度"
    assert table.replace("pay backwards, then pay back") == "pay backwards, then repay"


def test_no_synonyms_change_nothing() -> None:
    assert build_synonym_table(()).replace("额") == "额"


def test_a_chinese_term_is_not_written_into_an_english_text() -> None:
    tables = build_synonym_tables(
        (
            Synonym(language=Language.ZH, term="微粒贷", variants=("weilidai",)),
            Synonym(language=Language.EN, term="weilidai", variants=("weli dai",)),
        )
    )
    assert tables[Language.ZH].replace("weilidai怎么开") == "微粒贷怎么开"
    assert tables[Language.EN].replace("rate of weilidai") == "rate of weilidai"
    assert tables[Language.EN].replace("rate of weli dai") == "rate of weilidai"
