"""Marks around an amount are heard in both languages, and not where they only look alike."""

from collections.abc import Callable

import pytest
from tests.dialogue.stories import heard

from servicebot.domain.heard import Heard
from servicebot.hearing.amount_marks import (
    both,
    either_or,
    half,
    in_the_past,
    no_yuan,
    the_whole,
    what_is_due,
)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (the_whole, "全部还清"),
        (the_whole, "pay it off"),
        (what_is_due, "把今天到期的还了"),
        (what_is_due, "还本期的"),
        (what_is_due, "what is due"),
        (half, "先还一半"),
        (both, "两笔都还"),
        (in_the_past, "我上个月还了800"),
        (either_or, "500还是1000"),
        (no_yuan, "500美元"),
        (no_yuan, "-500"),
    ],
)
def test_a_mark_is_heard(mark: Callable[[Heard], bool], words: str) -> None:
    assert mark(heard(words))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (what_is_due, "本期要还多少"),
        (what_is_due, "本期什么时候到期"),
        (in_the_past, "还500"),
        (in_the_past, "少写个零,5000"),
        (no_yuan, "2026-12-05还500"),
        (both, "第二笔"),
    ],
)
def test_what_looks_alike_has_no_mark(mark: Callable[[Heard], bool], words: str) -> None:
    assert not mark(heard(words))
