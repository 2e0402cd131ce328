"""Danger is heard in every clause, the gravest first, and not in scraps of a message."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import understood

from servicebot.domain.acts import DANGERS, Act
from servicebot.domain.understanding import ActChance, Understanding
from servicebot.hearing.danger import read_danger
from servicebot.understanding.lexicon import Lexicon


def words(text: str, *chances: tuple[Act, float]) -> Understanding:
    signals = tuple(ActChance(act=act, probability=chance) for act, chance in chances)
    return replace(understood(text), signals=signals)


def heard(lexicon: Lexicon, whole: Understanding, *clauses: Understanding) -> Act | None:
    return read_danger([whole], clauses, lexicon)


@pytest.mark.parametrize("act", sorted(DANGERS))
def test_each_danger_is_heard_where_it_is_likely_and_not_where_it_is_not(
    act: Act, lexicon: Lexicon
) -> None:
    assert heard(lexicon, words("那件事情", (act, 0.99))) is act
    assert heard(lexicon, words("那件事情", (act, 0.3))) is None


def test_despair_goes_before_everything_else(lexicon: Lexicon) -> None:
    order = (Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST)
    for place, act in enumerate(order):
        rest = [(one, 0.99) for one in reversed(order[place:])]
        assert heard(lexicon, words("那件事情", *rest)) is act


def test_one_sure_clause_is_enough(lexicon: Lexicon) -> None:
    lost = words("我的卡丢了", (Act.CARD_LOST, 0.99))
    assert heard(lexicon, words("查余额,我的卡丢了"), words("查余额"), lost) is Act.CARD_LOST


def test_a_clause_alone_must_be_surer_than_the_message(lexicon: Lexicon) -> None:
    likely = words("我的卡丢了", (Act.CARD_LOST, 0.8))
    assert heard(lexicon, likely) is Act.CARD_LOST
    assert heard(lexicon, words("查余额,我的卡丢了"), words("查余额"), likely) is None


def test_a_scrap_of_a_message_alarms_nobody(lexicon: Lexicon) -> None:
    scrap = words("累死", (Act.DISTRESS, 0.99))
    assert heard(lexicon, words("查下余额 累死"), scrap) is None


@pytest.mark.parametrize(
    "text",
    ["我不想活了", "活不下去了", "还不上就一了百了", "只能去死了", "想死", "i want to kill myself"],
)
def test_approved_words_of_despair_need_no_model(text: str, lexicon: Lexicon) -> None:
    assert heard(lexicon, words(text)) is Act.DISTRESS
    assert heard(lexicon, words(f"查余额,{text}"), words("查余额"), words(text)) is Act.DISTRESS


@pytest.mark.parametrize("text", ["笑死我了", "想死你了", "累死了", "利息高得要死", "查余额", ""])
def test_idioms_are_no_words_of_despair(text: str, lexicon: Lexicon) -> None:
    assert heard(lexicon, words(text)) is None


def test_a_wish_for_a_person_is_no_danger(lexicon: Lexicon) -> None:
    assert heard(lexicon, words("转人工啊", (Act.PERSON, 1.0))) is None
