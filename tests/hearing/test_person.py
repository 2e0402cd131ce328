"""A person on the first try, however it is typed."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import understood

from servicebot.domain.acts import Act
from servicebot.domain.understanding import ActChance, Understanding
from servicebot.hearing.person import names_person, wants_person
from servicebot.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    "text",
    [
        "转人工",
        "转人工!",
        "人工",
        "人工客服",
        "我要人工",
        "帮我转人工客服谢谢",
        "转人公",
        "转仁工",
        "传人工",
        "zhuanrengong",
        "zhuan ren gong",
        "我要找真人",
        "有没有真人啊",
        "叫个活人来",
        "找客服",
        "能不能跟真人说话",
        "转 人工",
        "human",
        "agent please",
        "real person",
        "I want to talk to a human",
        "connect me to an agent",
        "can I speak with someone",
        "let me talk to a real human agent",
    ],
)
def test_these_ask_for_a_person(text: str, lexicon: Lexicon) -> None:
    assert names_person(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "你是人工智能吗",
        "不用转人工",
        "查余额",
        "人工费多少",
        "有人给我打电话叫我关闭贷款",
        "humanity",
        "my agent sold the house",
        "",
    ],
)
def test_these_do_not(text: str, lexicon: Lexicon) -> None:
    assert not names_person(text, lexicon)


def test_a_long_story_is_left_to_the_ranking(lexicon: Lexicon) -> None:
    assert not wants_person(understood("昨天我去了趟超市" * 8 + "转人工"), lexicon)


def wishing(text: str, chance: float) -> Understanding:
    return replace(understood(text), signals=(ActChance(act=Act.PERSON, probability=chance),))


def test_words_without_the_name_of_a_person_are_heard_by_what_they_do(lexicon: Lexicon) -> None:
    assert wants_person(wishing("叫你们主管来", 0.95), lexicon)
    assert not wants_person(wishing("叫你们主管来", 0.3), lexicon)


@pytest.mark.parametrize("text", ["人工客服电话是多少", "客服热线号码", "不需要转人工"])
def test_a_number_or_a_no_is_no_wish_however_the_words_sound(text: str, lexicon: Lexicon) -> None:
    assert not wants_person(wishing(text, 0.0), lexicon)


@pytest.mark.xfail(strict=True, reason="what the words do is heard where what they say is no wish")
def test_the_hotlines_number_is_no_wish_even_where_the_model_hears_one(lexicon: Lexicon) -> None:
    assert not wants_person(wishing("人工客服电话", 0.99), lexicon)
