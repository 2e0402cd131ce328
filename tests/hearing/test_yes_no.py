"""Consent is a whole clause, and nothing behind it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.heard import YesNo
from servicebot.domain.squeeze import squeeze
from servicebot.hearing.yes_no import YesNoWords, read_yes_no
from servicebot.understanding.lexicon import Lexicon

WORDS = YesNoWords(
    yes=frozenset({"可以", "好", "好的", "确认", "yes", "ok"}),
    no=frozenset({"不", "不对", "不用", "no"}),
)


@pytest.mark.parametrize("text", ["可以", "好的。", "确认!", " Yes ", "OK", "好的,确认"])
def test_a_bare_yes_is_a_yes(text: str, lexicon: Lexicon) -> None:
    reading = read_yes_no(text, WORDS, lexicon)
    assert (reading.yes_no, reading.rest) == (YesNo.YES, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("可以,但是有手续费吗", "有手续费吗"),
        ("可以但是有手续费吗", "有手续费吗"),
        ("好的。不过利息怎么算", "利息怎么算"),
        ("yes, but is there a fee?", "is there a fee"),
        ("yes but is there a fee", "is there a fee"),
    ],
)
def test_a_question_behind_a_yes_is_kept_apart(text: str, rest: str, lexicon: Lexicon) -> None:
    reading = read_yes_no(text, WORDS, lexicon)
    assert (reading.yes_no, reading.rest) == (YesNo.YES, rest)


@pytest.mark.parametrize(
    "text", ["可以吗", "可以提前还款吗", "好像不行", "yesterday I paid", "确认一下我的还款日"]
)
def test_words_that_only_begin_like_a_yes_are_none(text: str, lexicon: Lexicon) -> None:
    assert read_yes_no(text, WORDS, lexicon).yes_no is YesNo.NONE


@pytest.mark.parametrize("text", ["好的,不用", "可以,不对", "确认,手续费多少,不", "不,可以"])
def test_a_yes_and_a_no_together_decide_nothing(text: str, lexicon: Lexicon) -> None:
    assert read_yes_no(text, WORDS, lexicon).yes_no is YesNo.NONE


@pytest.mark.parametrize("text", ["ok yes", "yes ok yes", "\u597d\u7684 \u786e\u8ba4"])
def test_several_yeses_parted_by_blanks_are_a_yes(text: str, lexicon: Lexicon) -> None:
    reading = read_yes_no(text, WORDS, lexicon)
    assert (reading.yes_no, reading.rest) == (YesNo.YES, "")


@pytest.mark.parametrize("text", ["\u8981\u662f", "yes no", "ok not yet", "\u5bf9\u4e0d\u8d77"])
def test_approved_letters_inside_other_words_are_no_yes(text: str, lexicon: Lexicon) -> None:
    words = YesNoWords(
        yes=frozenset({"\u8981", "\u662f", "\u5bf9", "yes", "ok"}), no=frozenset({"\u4e0d", "no"})
    )
    assert read_yes_no(text, words, lexicon).yes_no is YesNo.NONE


def test_a_correction_is_a_no_with_the_value_behind_it(lexicon: Lexicon) -> None:
    reading = read_yes_no("不对,是五百", WORDS, lexicon)
    assert (reading.yes_no, reading.rest) == (YesNo.NO, "是五百")


@given(text=st.text(max_size=80))
def test_a_consent_without_rest_says_only_approved_words(text: str, lexicon: Lexicon) -> None:
    reading = read_yes_no(text, WORDS, lexicon)
    if reading.yes_no is YesNo.YES and not reading.rest:
        left = squeeze(text)
        for word in sorted(WORDS.yes, key=len, reverse=True):
            left = left.replace(squeeze(word), "")
        assert left == ""


def test_chinese_punctuation_parts_clauses_too(lexicon: Lexicon) -> None:
    reading = read_yes_no(
        "\u53ef\u4ee5\uff0c\u4f46\u662f\u6709\u624b\u7eed\u8d39\u5417\uff1f", WORDS, lexicon
    )
    assert (reading.yes_no, reading.rest) == (YesNo.YES, "\u6709\u624b\u7eed\u8d39\u5417")


@given(st.lists(st.sampled_from(["好", "的", "好的", "ok", ":", "yes", "不", "借"]), max_size=14))
def test_words_parted_by_blanks_are_a_yes_where_they_part_into_phrases(words: list[str]) -> None:
    """However long they are; compared with trying every way to part them."""
    said = [word for word in words if word != ":"]
    ends = {0}
    for end in range(1, len(said) + 1):
        if any(at in ends and "".join(said[at:end]) in WORDS.yes for at in range(end)):
            ends.add(end)
    reading = read_yes_no(" ".join(words), WORDS, Lexicon(()))
    assert (reading.yes_no is YesNo.YES) is (bool(said) and len(said) in ends)


@pytest.mark.parametrize("text", ["微 信 " * 500, "好 " * 1000, "ok yes " * 285, "密码 " * 660])
def test_a_thousand_words_are_parted_at_once(text: str, lexicon: Lexicon) -> None:
    """Every pair of words was joined: 160 ms in which nobody else was served."""
    began = time.thread_time()
    read_yes_no(text, WORDS, lexicon)
    assert time.thread_time() - began < 0.02
