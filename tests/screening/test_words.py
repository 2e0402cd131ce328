"""The lists of words: a tree of words reads what the words one by one read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from servicebot.screening.words import alternatives, load_words

WORDS = st.lists(st.text("abc微信号+", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


def _one_by_one(words: list[str], text: str) -> list[tuple[int, int]]:
    """What the longest word at each place reads, Latin words whole."""
    found, at = [], 0
    while at < len(text):
        read = [word for word in words if text.startswith(word, at) and _is_whole(text, at, word)]
        if read:
            found.append((at, at + len(max(read, key=len))))
        at = found[-1][1] if read else at + 1
    return found


def _is_whole(text: str, at: int, word: str) -> bool:
    before, behind = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
    front = _is_latin(word[0]) and _is_latin(before)
    return not front and not (_is_latin(word[-1]) and _is_latin(behind))


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


@given(WORDS, st.text("abc微信号+ ", max_size=30))
def test_a_tree_of_words_reads_the_longest_word_at_each_place(words: list[str], text: str) -> None:
    found = [one.span() for one in re.finditer(alternatives(words), text)]
    assert found == _one_by_one(words, text)


def test_every_list_holds_words_and_every_word_once() -> None:
    for name, words in load_words().lists.items():
        assert all(words), name
        assert len(set(words)) == len(words), name


def test_words_are_folded() -> None:
    for name, words in load_words().lists.items():
        assert [word for word in words if word != word.lower()] == [], name
