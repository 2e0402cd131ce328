"""The reader of lures gets every word of a text, sentence by sentence, without its figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screening.data_files import ALLOWED

from servicebot.screening.lure_text import as_learnt, is_short, lure_sentences

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("。！? .\n您a"),
    max_size=400,
)


@given(WORDS)
def test_every_sentence_is_short_and_no_word_is_left_out(text: str) -> None:
    sentences = lure_sentences(text)
    assert all(is_short(sentence) for sentence in sentences)
    seen = "".join(sentences)
    assert [sign for sign in text if sign.isalpha() and sign not in seen] == []


def test_figures_alone_are_left_to_the_rules() -> None:
    assert lure_sentences("10000 / 20000 / 30000 ☎ 5000") == ()


def test_each_sentence_is_read_alone() -> None:
    sentences = [f"第{place}句话说的是一件小事。" for place in range(3)] + ["One more. ", "And one"]
    assert lure_sentences("".join(sentences)) == tuple(one.strip() for one in sentences)


def test_parts_of_a_long_sentence_overlap_by_half() -> None:
    words = [f"w{chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(130)]
    parts = [part.split() for part in lure_sentences(" ".join(words))]
    assert [part[0] for part in parts] == [words[0], words[27], words[54], words[81]]
    assert parts[0][27:] == parts[1][:27]
    assert parts[-1][-1] == words[-1]


@pytest.mark.parametrize(
    "text",
    [
        ("\u200b" * 60).join("您先把钱转到安全账户里"),
        "ⓟⓛⓔⓐⓢⓔ ⓡⓔⓐⓓ ⓜⓔ ⓣⓗⓔ ⓒⓞⓓⓔ",
        "рlеаsе rеаd mе thе соdе",
    ],
)
def test_a_text_is_read_as_it_is_seen(text: str) -> None:
    (sentence,) = lure_sentences(text)
    assert as_learnt(sentence, ALLOWED) in {"您先把钱转到安全账户里", "please read me the code"}


def test_long_words_count_for_more() -> None:
    text = "counterparty creditworthiness reassessments " * 12 + "please read me the code"
    parts = lure_sentences(text)
    assert len(parts) > 2
    assert parts[-1].endswith("please read me the code")


def test_figures_become_noughts_and_what_the_bank_lists_one_word() -> None:
    text = "请拨打95000，或打开 https://gateway.bank.example/app，尾号６６８８，一三八零零"
    assert as_learnt(text, ALLOWED) == "请拨打[bank],或打开 [bank],尾号0000,00000"


def test_a_single_numeral_is_a_word() -> None:
    assert as_learnt("等一下", ALLOWED) == "等一下"
