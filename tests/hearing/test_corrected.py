"""Words that take something back are told from words about something wrong."""

import pytest

from servicebot.hearing.corrected import read_correction
from servicebot.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("说错了,是第二笔", "第二笔"),
        ("不对 我是说500", "500"),
        ("刚才打错了 是微业贷", "微业贷"),
        ("不好意思,打错了,微车贷", "微车贷"),
        ("我的意思是几号还", "几号还"),
        ("微业贷,说错了", "微业贷"),
        ("sorry i meant the car loan", "the car loan"),
        ("typo, 600", "600"),
        ("i mean the due date", "the due date"),
    ],
)
def test_what_is_meant_stands_behind_the_mark(text: str, meant: str, lexicon: Lexicon) -> None:
    assert read_correction(text, lexicon) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("密码输错了", "征信写错了怎么办", "没错", "钱转错了", "说错了", "错过还款日怎么办"),
        *("不错", "my report is wrong", "wrong password"),
    ],
)
def test_words_about_something_wrong_take_nothing_back(text: str, lexicon: Lexicon) -> None:
    assert read_correction(text, lexicon) is None
