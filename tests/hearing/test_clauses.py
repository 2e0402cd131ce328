"""Clauses are cut at borders and joining words; numbers and single sentences stay whole."""

import pytest

from servicebot.hearing.clauses import split_clauses
from servicebot.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("查余额,顺便问下利息怎么算", ("查余额", "利息怎么算")),
        ("利息多少 还有几号还", ("利息多少", "几号还")),
        ("看额度?然后看明细", ("看额度?", "看明细")),
        ("查余额再查额度", ("查余额", "查额度")),
        ("freeze my card and tell me my balance", ("freeze my card", "tell me my balance")),
        ("show my loans, then my limit", ("show my loans", "my limit")),
    ],
)
def test_wishes_are_parted_from_the_words_that_join_them(
    text: str, clauses: tuple[str, ...], lexicon: Lexicon
) -> None:
    assert split_clauses(text, lexicon) == clauses


@pytest.mark.parametrize(
    "text",
    ["查余额", "还1,000.50元", "我和我爱人的额度", "income and spending", "show my balance"],
)
def test_one_sentence_is_not_parted(text: str, lexicon: Lexicon) -> None:
    assert split_clauses(text, lexicon) == ()


def test_a_story_of_many_clauses_is_no_list_of_wishes(lexicon: Lexicon) -> None:
    assert split_clauses("一一,二二,三三,四四,五五,六六,七七", lexicon) == ()
