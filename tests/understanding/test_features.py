"""Texts are cut into the same pieces everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.features import MAX_UNITS, cut_pieces, split_units


def test_chinese_is_split_by_character_and_latin_by_word() -> None:
    assert split_units("我的app还款12,000元!") == ("我", "的", "app", "还", "款", "#", "#", "元")


def test_a_homophone_shares_the_pinyin_but_not_the_grams() -> None:
    right, mistyped = cut_pieces("微粒贷"), cut_pieces("微粒带")
    assert right.pinyin == mistyped.pinyin
    assert right.grams != mistyped.grams


def test_a_mistyped_word_shares_subwords() -> None:
    assert set(cut_pieces("repayment").subwords) & set(cut_pieces("repaymnt").subwords)


def test_a_text_without_a_letter_has_no_piece() -> None:
    assert not cut_pieces("?!").all()


@given(st.text(max_size=400))
def test_any_text_is_cut_within_the_limit(text: str) -> None:
    assert len(split_units(text)) <= MAX_UNITS
    assert all(0 <= piece < 2**32 for piece in cut_pieces(text).all())
