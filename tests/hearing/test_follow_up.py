"""How words are joined with the turn before."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import NOW, conversation, understood

from servicebot.content.content import Content
from servicebot.domain.conversation import Task
from servicebot.domain.task import Lookup
from servicebot.domain.understanding import (
    Band,
    Language,
    RankedTopic,
    SlotKind,
    SlotValue,
    Topic,
    TopicKind,
)
from servicebot.hearing.background import background_of
from servicebot.hearing.follow_up import is_bare, is_marked, readings
from servicebot.hearing.lean import lean
from servicebot.understanding.lexicon import Lexicon

TODAY = NOW.date()
EARLY = Topic(kind=TopicKind.ARTICLE, id="weilidai/early-repayment")


def product(text: str, name: str, value: str) -> SlotValue:
    start = text.index(name)
    return SlotValue(
        kind=SlotKind.PRODUCT, text=name, start=start, end=start + len(name), value=value
    )


@pytest.mark.parametrize("text", ["那利息呢", "利息呢?", "and the fee?", "what about weekends"])
def test_a_mark_says_that_words_follow_on_something(text: str, lexicon: Lexicon) -> None:
    assert is_marked(text, lexicon)


@pytest.mark.parametrize("text", ["利息怎么算", "查余额", "show my balance"])
def test_plain_words_have_no_mark(text: str, lexicon: Lexicon) -> None:
    assert not is_marked(text, lexicon)


def test_nothing_is_leant_on_at_the_beginning_and_in_a_task(content: Content) -> None:
    begun = conversation()
    assert background_of(begun, Language.ZH, content, TODAY) is None
    task = Task(id="t", intent="loan.due", flow="due", state=Lookup(), begun_at=NOW)
    busy = replace(begun, last_topic=EARLY, task=task)
    assert background_of(busy, Language.ZH, content, TODAY) is None


def test_an_aspect_is_joined_with_the_product_of_the_turn_before(
    content: Content, lexicon: Lexicon
) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    assert readings(understood("那罚息呢"), back, lexicon) == ("微粒贷 罚息",)


def test_another_product_takes_the_place_of_the_one_before(
    content: Content, lexicon: Lexicon
) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    words = understood("那微车贷呢", slots=(product("那微车贷呢", "微车贷", "weichedai"),))
    asked = readings(words, back, lexicon)
    assert len(asked) > 1
    assert all("微车贷" in text and "微粒贷" not in text for text in asked)


def test_a_product_with_its_own_question_is_complete(lexicon: Lexicon) -> None:
    words = understood("微车贷怎么申请", slots=(product("微车贷怎么申请", "微车贷", "weichedai"),))
    assert not is_bare(words, lexicon)


def test_a_sure_sentence_of_its_own_is_not_bent(content: Content, lexicon: Lexicon) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    alone = understood("我的卡丢了", "card.lost")
    joined = understood("微粒贷 我的卡丢了", "weilidai/card-lost")
    assert lean(alone, (joined,), back, lexicon, corrects=False) is None


def test_a_reading_that_would_begin_something_is_not_taken(
    content: Content, lexicon: Lexicon
) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    unsure = understood("那还呢", "weilidai/repay-how", band=Band.HAND_OVER)
    joined = understood("微粒贷 还", "loan.repay_early")
    assert lean(unsure, (joined,), back, lexicon, corrects=False) is None


def test_what_leans_on_nothing_is_nothing_to_lean_on(content: Content) -> None:
    linked = Topic(kind=TopicKind.INTENT, id="identity.link")
    before = conversation(last_topic=linked)
    assert background_of(before, Language.ZH, content, TODAY) is None


def test_the_twin_that_asks_the_same_has_another_name(content: Content) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    assert back.twins["weichedai"].id == "weichedai/early-settlement-fee"


def test_what_was_answered_just_now_is_no_rival(content: Content, lexicon: Lexicon) -> None:
    sold = Topic(kind=TopicKind.ARTICLE, id="wealth/redeem-how")
    back = background_of(conversation(last_topic=sold), Language.ZH, content, TODAY)
    assert back is not None
    alone = understood("多久到呢", "weilidai/payout-time")
    arrival = Topic(kind=TopicKind.ARTICLE, id="wealth/redemption-arrival")
    joined = understood("怎么赎回 多久到", band=Band.ASK_BACK)
    ranking = (
        RankedTopic(topic=sold, probability=0.77),
        RankedTopic(topic=arrival, probability=0.22),
    )
    joined = replace(joined, ranking=ranking, band=Band.ASK_BACK)
    meant = lean(alone, (joined,), back, lexicon, corrects=False)
    assert meant is not None
    assert meant.words.best is not None
    assert (meant.words.best.topic, meant.words.band) == (arrival, Band.ANSWER)


def test_two_readings_that_say_the_same_are_sure_together(
    content: Content, lexicon: Lexicon
) -> None:
    before = conversation(last_topic=EARLY, last_product="weilidai")
    back = background_of(before, Language.ZH, content, TODAY)
    assert back is not None
    unsure = understood("那用零钱呢", "weilidai/repay-wechat-balance", band=Band.ASK_BACK)
    alone = replace(unsure, ranking=(replace(unsure.ranking[0], probability=0.8),))
    joined = replace(unsure, ranking=(replace(unsure.ranking[0], probability=0.7),))
    meant = lean(alone, (joined,), back, lexicon, corrects=False)
    assert meant is not None
    assert meant.words.band is Band.ANSWER
    faint = replace(unsure, ranking=(replace(unsure.ranking[0], probability=0.29),))
    assert lean(alone, (faint,), back, lexicon, corrects=False) is None
