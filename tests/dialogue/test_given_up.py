"""What was just given up is wanted after all, or once more not."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import (
    FakeBank,
    conversation,
    heard,
    money,
    names,
    no,
    repaying_bank,
    repayment,
    understood,
    yes,
)

from servicebot.content.content import Content
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Conversation, Told
from servicebot.domain.heard import Heard
from servicebot.domain.task import Question, Sum
from servicebot.domain.understanding import Band

WISH = "loan.repay_early"


def given_up(content: Content, bank: FakeBank) -> Conversation:
    """A conversation in which 500 were shown and refused."""
    first = heard("提前还款500元", WISH, slots=(money(50_000),))
    shown = bank.decide(conversation(), content, first)
    left = bank.decide(shown.conversation, content, no(), number=2)
    assert names(left) == ["repay_cancelled"]
    return replace(left.conversation, turns=2)


def says(act: Act, text: str = "还是办吧", topic: str = "") -> Heard:
    return replace(heard(text, topic), act=act)


def test_going_on_after_all_shows_the_same_amount_and_asks_anew(content: Content) -> None:
    bank = repaying_bank()
    state = given_up(content, bank)
    again = bank.decide(state, content, says(Act.RESUME), number=3)
    assert names(again) == ["confirm_repay"]
    after = repayment(again.conversation)
    assert (after.amount, after.agreed, after.page) == (Sum(fen=50_000), False, None)
    assert again.conversation.task is not None
    assert again.conversation.task.question is Question.CONFIRM_REPAY
    assert state.told is not None
    assert state.told.given_up is not None
    assert again.conversation.task.id != state.told.given_up.id


def test_another_amount_said_with_it_holds(content: Content) -> None:
    bank = repaying_bank()
    words = replace(heard("还是还300吧", slots=(money(30_000),)), act=Act.RESUME)
    again = bank.decide(given_up(content, bank), content, words, number=3)
    assert repayment(again.conversation).amount == Sum(fen=30_000)


def test_a_yes_that_speaks_of_it_wants_it_and_a_bare_one_takes_note(content: Content) -> None:
    bank = repaying_bank()
    state = given_up(content, bank)
    unsure = understood("好吧还就还呗", WISH, band=Band.ASK_BACK)
    speaks = replace(heard("好吧还就还呗"), whole=unsure, rest=unsure, act=Act.AGREE)
    assert names(bank.decide(state, content, speaks, number=3)) == ["confirm_repay"]
    assert "confirm_repay" not in names(bank.decide(state, content, yes(), number=3))


@pytest.mark.parametrize("act", [Act.REFUSE, Act.POSTPONE])
def test_another_no_is_told_that_nothing_was_done(content: Content, act: Act) -> None:
    bank = repaying_bank()
    told = bank.decide(given_up(content, bank), content, says(act, "别还啊"), number=3)
    assert names(told) == ["given_up_already"]


def test_stopping_it_once_more_is_told_the_same(content: Content) -> None:
    bank = repaying_bank()
    told = bank.decide(given_up(content, bank), content, heard("取消", "task.cancel"), number=3)
    assert names(told) == ["given_up_already"]


def test_some_turns_later_it_is_forgotten(content: Content) -> None:
    bank = repaying_bank()
    late = replace(given_up(content, bank), turns=5)
    assert "confirm_repay" not in names(bank.decide(late, content, says(Act.RESUME), number=6))


def test_what_came_to_its_own_end_is_not_begun_again(content: Content) -> None:
    done = Told(intent=WISH, reply="repay_done", turn=1)
    told = repaying_bank().decide(conversation(told=done), content, says(Act.RESUME))
    assert "confirm_repay" not in names(told)
