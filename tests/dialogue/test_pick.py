"""One of several loans is picked as people name it: by place, digits, product, size or age."""

import pytest
from tests.dialogue.stories import heard, money, place, product

from servicebot.dialogue.pick import pick
from servicebot.domain.task import Choice
from servicebot.domain.understanding import SlotValue

OLD = Choice(id="old", label="L-1111", product="weilidai", tail="1111", size_fen=737_338)
NEW = Choice(id="new", label="L-2222", product="weichedai", tail="2222", size_fen=300_007)


@pytest.mark.parametrize(
    ("words", "slots", "picked"),
    [
        ("L-2222", (), "new"),
        ("第二笔", (place(2),), "new"),
        ("最后一笔", (place(-1),), "new"),
        ("尾号1111的", (), "old"),
        ("车贷那个", (product("weichedai"),), "new"),
        ("2", (), "new"),
        ("欠得多的那笔", (), "old"),
        ("金额大的", (), "old"),
        ("少的那笔吧", (), "new"),
        ("the smaller one", (), "new"),
        ("先借的", (), "old"),
        ("最近的那笔", (), "new"),
        ("the older one", (), "old"),
        ("7373那笔", (money(737_300, certain=False),), "old"),
    ],
)
def test_the_words_pick_one(words: str, slots: tuple[SlotValue, ...], picked: str) -> None:
    chosen = pick((OLD, NEW), heard(words, slots=slots))
    assert chosen is not None
    assert chosen.id == picked


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("随便哪笔", ()),
        ("第五笔", (place(5),)),
        ("还3000", (money(300_000),)),
        ("500", (money(50_000, certain=False),)),
    ],
)
def test_the_words_pick_none(words: str, slots: tuple[SlotValue, ...]) -> None:
    assert pick((OLD, NEW), heard(words, slots=slots)) is None


def test_what_has_no_size_is_not_picked_by_it() -> None:
    cards = (Choice(id="a", label="A", tail="1024"), Choice(id="b", label="B", tail="7712"))
    assert pick(cards, heard("大的那张")) is None
    assert pick(cards, heard("最新的那张")) is None


def test_two_of_one_size_are_not_told_apart_by_it() -> None:
    twins = (OLD, Choice(id="twin", label="L-3", size_fen=OLD.size_fen))
    assert pick(twins, heard("大的那笔")) is None
