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


@pytest.mark.parametrize("act", sorted(DANGERS))
def test_a_message_that_is_likelier_a_danger_than_not_is_one(act: Act, lexicon: Lexicon) -> None:
    assert read_danger([words("那件事情", (act, 0.55))], [], lexicon) is act
    assert read_danger([words("那件事情", (act, 0.54))], [], lexicon) is None


def test_one_danger_or_another_is_the_likeliest_of_them(lexicon: Lexicon) -> None:
    torn = words("那件事情", (Act.SCAMMED, 0.3), (Act.CARD_LOST, 0.25))
    assert read_danger([torn], [], lexicon) is Act.SCAMMED


def test_an_answer_to_a_question_must_be_surer(lexicon: Lexicon) -> None:
    said = [words("那我不还了吧", (Act.DISTRESS, 0.8))]
    assert read_danger(said, [], lexicon, answers=True) is None
    assert read_danger(said, [], lexicon) is Act.DISTRESS


def test_despair_goes_before_everything_else(lexicon: Lexicon) -> None:
    all_of_them = words(
        "那件事情",
        (Act.CARD_LOST, 0.9),
        (Act.SCAMMED, 0.9),
        (Act.THREAT, 0.9),
        (Act.DISTRESS, 0.55),
    )
    assert read_danger([all_of_them], [], lexicon) is Act.DISTRESS


def test_one_clause_is_enough_where_it_is_sure(lexicon: Lexicon) -> None:
    whole = [words("查余额,卡丢了啊")]
    sure = [words("查余额"), words("卡丢了啊", (Act.CARD_LOST, 0.95))]
    unsure = [words("查余额"), words("卡丢了啊", (Act.CARD_LOST, 0.9))]
    assert read_danger(whole, sure, lexicon) is Act.CARD_LOST
    assert read_danger(whole, unsure, lexicon) is None


def test_a_scrap_beside_longer_words_alarms_nobody(lexicon: Lexicon) -> None:
    clauses = [words("查下余额"), words("死了", (Act.DISTRESS, 0.99))]
    assert read_danger([words("查下余额 死了")], clauses, lexicon) is None


def test_a_scrap_that_is_all_that_was_said_is_heard(lexicon: Lexicon) -> None:
    assert read_danger([words("想死", (Act.DISTRESS, 0.9))], [], lexicon) is Act.DISTRESS


@pytest.mark.parametrize(
    "text", ["我不想活了", "活不下去了", "还不上就一了百了", "只能去死了", "i want to kill myself"]
)
def test_approved_words_of_despair_need_no_model(text: str, lexicon: Lexicon) -> None:
    assert read_danger([words(text)], [], lexicon) is Act.DISTRESS


@pytest.mark.parametrize("text", ["笑死我了", "想死你了", "累死了", "利息高得要死", "查余额", ""])
def test_idioms_are_no_words_of_despair(text: str, lexicon: Lexicon) -> None:
    assert read_danger([words(text)], [], lexicon) is None


def test_a_wish_for_a_person_is_no_danger(lexicon: Lexicon) -> None:
    assert read_danger([words("转人工啊", (Act.PERSON, 1.0))], [], lexicon) is None
