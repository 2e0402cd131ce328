"""Homophones and near homophones share a syllable."""

import pytest

from servicebot.understanding.pinyin import syllable


@pytest.mark.parametrize(
    ("left", "right"), [("贷", "带"), ("款", "宽"), ("是", "四"), ("斤", "京")]
)
def test_characters_that_sound_alike_share_a_syllable(left: str, right: str) -> None:
    assert syllable(left) == syllable(right) != ""


def test_the_banks_reading_of_repay_is_huan() -> None:
    assert syllable("还") == syllable("换") == "huan"


def test_other_signs_have_no_syllable() -> None:
    assert syllable("x") == ""
