"""Words that lean on the end of the last task: did it work, why, again, how long, solved."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import FakeBank, account, conversation, heard, names, understood

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ListAccounts, ListLoans
from servicebot.domain.bank_results import Accounts, Loans
from servicebot.domain.conversation import Conversation, Told
from servicebot.domain.heard import Heard, Leaning
from servicebot.domain.understanding import Band

BANK = FakeBank({ListAccounts: Accounts(items=(account(1),)), ListLoans: Loans(items=())})


def said(act: Act, text: str = "嗯哼") -> Heard:
    return replace(heard(text), act=act)


def ended(reply: str, intent: str = "loan.repay_early", *, ago: int = 1) -> Conversation:
    return conversation(turns=20, told=Told(intent=intent, reply=reply, turn=20 - ago))


def decided(state: Conversation, content: Content, words: Heard) -> Decision:
    return BANK.decide(state, content, words)


@pytest.mark.parametrize(
    ("reply", "act"),
    [
        ("repay_done", Act.OUTCOME),
        ("repay_done", Act.HOW_LONG),
        ("repay_failed", Act.WHY),
        ("repay_unknown", Act.OUTCOME),
        ("repay_unknown", Act.AGAIN),
        ("repay_cancelled", Act.OUTCOME),
        ("card_frozen", Act.OUTCOME),
        ("freeze_cancelled", Act.OUTCOME),
        ("application_reviewing", Act.HOW_LONG),
        ("application_declined", Act.WHY),
    ],
)
def test_each_end_has_its_answer(content: Content, reply: str, act: Act) -> None:
    assert names(decided(ended(reply), content, said(act))) == [f"after_{reply}_{act}"]


def test_solved_and_unsolved_need_no_task_before(content: Content) -> None:
    for act in (Act.SOLVED, Act.UNSOLVED):
        assert names(decided(conversation(), content, said(act))) == [f"after_{act}"]


def test_solved_that_is_surely_business_of_its_own_is_that(content: Content) -> None:
    words = replace(heard("还清了怎么开证明", "account.balance"), act=Act.SOLVED)
    assert names(decided(conversation(), content, words)) == ["balance"]


def test_after_some_turns_only_the_outcome_is_still_meant(content: Content) -> None:
    late = ended("repay_done", ago=5)
    assert names(decided(late, content, said(Act.OUTCOME))) == ["after_repay_done_outcome"]
    assert names(decided(late, content, said(Act.HOW_LONG))) != ["after_repay_done_how_long"]
    assert names(decided(ended("repay_done", ago=11), content, said(Act.OUTCOME))) != [
        "after_repay_done_outcome"
    ]


@pytest.mark.parametrize("act", [Act.AGAIN, Act.OUTCOME, Act.ANOTHER])
def test_a_lookup_is_made_again(content: Content, act: Act) -> None:
    told = decided(ended("balance", "account.balance"), content, said(act))
    assert names(told) == ["balance"]


def test_money_is_moved_again_only_from_its_beginning(content: Content) -> None:
    again = decided(ended("repay_done"), content, said(Act.AGAIN))
    assert names(again) == ["no_open_loan"]
    assert names(decided(ended("repay_done"), content, said(Act.ANOTHER))) != ["no_open_loan"]


def test_why_after_a_lookup_is_no_reason_to_look_again(content: Content) -> None:
    why = decided(ended("balance", "account.balance"), content, said(Act.WHY))
    assert names(why) != ["balance"]


def test_a_word_that_takes_back_is_no_question_about_the_end(content: Content) -> None:
    meant = understood("查额度", band=Band.HAND_OVER)
    words = replace(said(Act.OUTCOME), leaning=Leaning(words=meant, corrects=True))
    assert names(decided(ended("repay_done"), content, words)) != ["after_repay_done_outcome"]
