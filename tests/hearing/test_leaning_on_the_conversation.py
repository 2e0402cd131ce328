"""Follow-ups, several wishes, denials and corrections, from the words to the decision."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from tests.dialogue.stories import (
    NOW,
    FakeBank,
    conversation,
    loan,
    message,
    names,
    repaying_bank,
    repayment,
)
from tests.hearing.nearest_phrase import NearestPhrase

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.bank_calls import (
    ListAccounts,
    ListLimits,
    ListLoans,
    QuoteRepayment,
    ReadDue,
    ReadSchedule,
    Repay,
)
from servicebot.domain.bank_results import Accounts, Due, Limits, Loans, Schedule
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.heard import Heard
from servicebot.domain.messages import Text
from servicebot.domain.task import Asked, EarlyRepayment, Question, Sum
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Topic, TopicKind
from servicebot.hearing.listen import Listener
from servicebot.understanding.microbatch import MicroBatcher

PHRASES: Final[Mapping[str, str]] = {
    "微粒贷可以提前还款吗": "weilidai/early-repayment",
    "微业贷可以提前还款吗": "weiyedai/early-repayment",
    "微粒贷利息怎么算": "weilidai/interest-calculation",
    "微粒贷 利息": "weilidai/interest-calculation",
    "微业贷 利息": "weiyedai/requirements",
    "微粒贷 逾期": "weilidai/overdue-penalty",
    "查余额": "account.balance",
    "查额度": "credit.limit",
    "这期还多少": "loan.due",
    "几号还": "loan.due",
    "还款计划": "loan.schedule",
    "我要提前还款": "loan.repay_early",
    "提前还款": "loan.repay_early",
    "提前还": "loan.repay_early",
    "微粒贷 提前还": "weilidai/early-repayment",
    "冻结我的卡": "card.freeze",
    "取消还款": "task.cancel",
    "微粒贷 取消还款": "weilidai/cancel-repayment",
    "我被骗了": "case.fraud",
    "谢谢": "talk.thanks",
    "网点在哪里": "channels/branch",
    "show my balance": "account.balance",
    "freeze my card": "card.freeze",
    "tell me my balance": "account.balance",
    "my due date": "loan.due",
    "the due date": "loan.due",
    "the interest": "weilidai/interest-calculation",
    "repay": "loan.repay_early",
}


class Talk:
    """A conversation with the stand-in and a bank of a table."""

    def __init__(self, content: Content, bank: FakeBank, state: Conversation) -> None:
        self._content = content
        self._bank = bank
        self.state = state
        self.number = 0

    def say(self, text: str) -> Decision:
        """One message; the state after it is kept."""
        self.number += 1
        said = Text(text=text)
        heard = asyncio.run(self._listen(text))
        decision = self._bank.decide(self.state, self._content, heard, said, number=self.number)
        self.state = replace(decision.conversation, turns=self.state.turns + 1)
        return decision

    async def _listen(self, text: str) -> Heard | None:
        async with MicroBatcher(NearestPhrase(PHRASES, self._content)) as batcher:
            listener = Listener(batcher, self._content)
            return await listener.listen(message(Text(text=text)), self.state, date(2026, 11, 23))


def bank() -> FakeBank:
    found = repaying_bank()
    found.answers |= {
        ListLoans: Loans(items=(loan(1), loan(2, "weichedai"))),
        ListAccounts: Accounts(items=()),
        ListLimits: Limits(items=()),
        ReadDue: Due(
            loan_id="loan-1",
            product="weilidai",
            due_on=date(2026, 12, 1),
            total_fen=10_000,
            principal_fen=9_000,
            interest_fen=1_000,
            penalty_fen=0,
            overdue_days=0,
            account_tail="6688",
        ),
        ReadSchedule: Schedule(loan_id="loan-1", product="weilidai", installments=()),
    }
    return found


@pytest.fixture
def talk(content: Content) -> Talk:
    return Talk(content, bank(), conversation())


def after(talk: Talk, topic: str, product: str = "", loan_id: str = "") -> Talk:
    kind = TopicKind.ARTICLE if "/" in topic else TopicKind.INTENT
    last = Topic(kind=kind, id=topic)
    talk.state = replace(talk.state, last_topic=last, last_product=product, last_loan=loan_id)
    return talk


# Follow-ups


def test_an_aspect_is_about_the_product_of_the_turn_before(talk: Talk) -> None:
    assert names(talk.say("微粒贷可以提前还款吗")) == ["weilidai/early-repayment"]
    assert names(talk.say("那利息呢")) == ["weilidai/interest-calculation"]
    assert names(talk.say("那逾期呢")) == ["weilidai/overdue-penalty"]


def test_another_product_gets_the_question_of_the_turn_before(talk: Talk) -> None:
    talk.say("微粒贷可以提前还款吗")
    assert names(talk.say("那微业贷呢")) == ["weiyedai/early-repayment"]
    assert talk.state.last_product == "weiyedai"


def test_small_talk_in_between_makes_nobody_forget(talk: Talk) -> None:
    talk.say("微粒贷可以提前还款吗")
    assert names(talk.say("谢谢")) == ["talk_thanks"]
    assert names(talk.say("微业贷呢")) == ["weiyedai/early-repayment"]


def test_what_stands_alone_is_not_bent(talk: Talk) -> None:
    talk.say("微粒贷可以提前还款吗")
    assert names(talk.say("网点在哪里呢")) == ["channels/branch"]


def test_a_lookup_is_repeated_for_another_product(talk: Talk) -> None:
    after(talk, "loan.due", "weilidai", "loan-1")
    assert talk.say("那车贷呢").rule == "start:loan.due"
    assert (talk.state.last_product, talk.state.last_loan) == ("weichedai", "loan-2")


@pytest.mark.parametrize("words", ["另一笔呢", "第二笔呢", "the other one?", "and the second one?"])
def test_a_lookup_is_repeated_for_the_other_loan(talk: Talk, words: str) -> None:
    after(talk, "loan.schedule", "weilidai", "loan-1")
    assert names(talk.say(words)) == ["schedule_empty"]
    assert talk.state.last_loan == "loan-2"


def test_a_follow_up_begins_no_repayment(talk: Talk) -> None:
    after(talk, "weilidai/interest-calculation", "weilidai")
    assert names(talk.say("那提前还呢")) == ["weilidai/early-repayment"]
    assert talk.state.task is None


def test_a_follow_up_after_terms_is_no_consent(talk: Talk) -> None:
    for words in ("我要提前还款", "第一笔", "500"):
        talk.say(words)
    assert talk.state.task is not None
    assert talk.state.task.question is Question.CONFIRM_REPAY
    talk.say("那逾期呢")
    assert not repayment(talk.state).agreed


# Several wishes


def test_two_questions_are_answered_in_order(talk: Talk) -> None:
    decision = talk.say("查余额,顺便问下微粒贷利息怎么算")
    assert names(decision) == ["no_account", "weilidai/interest-calculation"]
    assert decision.rule == "wishes:account.balance+weilidai/interest-calculation"


def test_a_clause_without_a_product_is_about_that_of_the_clause_before(talk: Talk) -> None:
    decision = talk.say("微粒贷可以提前还款吗,逾期呢")
    assert names(decision) == ["weilidai/early-repayment", "weilidai/overdue-penalty"]


def test_the_question_of_a_task_is_said_last(talk: Talk) -> None:
    assert names(talk.say("我要提前还款,再查余额")) == ["no_account", "ask_which_loan"]
    assert talk.state.task is not None
    assert talk.state.task.question is Question.WHICH_LOAN


def test_a_second_task_is_taken_up_when_the_first_is_dropped(talk: Talk) -> None:
    assert names(talk.say("还款计划,然后我要提前还款")) == ["ask_which_loan"]
    assert talk.state.task is not None
    assert talk.state.task.intent == "loan.schedule"
    assert [task.intent for task in talk.state.paused] == ["loan.repay_early"]
    assert talk.state.paused[0].id != talk.state.task.id
    assert names(talk.say("第二笔")) == ["schedule_empty", "ask_which_loan"]
    assert talk.state.task.intent == "loan.repay_early"


def test_wishes_in_the_middle_of_a_task_lead_back_to_it(talk: Talk) -> None:
    for words in ("我要提前还款", "第一笔", "500"):
        talk.say(words)
    assert names(talk.say("查余额,查额度")) == ["no_account", "no_limit"]


def test_danger_wins_over_every_other_wish(talk: Talk) -> None:
    assert talk.say("查余额,还有我被骗了").escalate is Reason.FRAUD


def test_a_person_wins_over_every_other_wish(talk: Talk) -> None:
    assert talk.say("查余额,然后转人工").escalate is Reason.CUSTOMER_ASKED


def test_a_contrast_is_one_wish(talk: Talk) -> None:
    assert not talk.say("查额度,但是几号还").rule.startswith("wishes")


def test_two_english_wishes_are_answered(talk: Talk) -> None:
    decision = talk.say("show my balance and my due date")
    assert decision.rule == "wishes:account.balance+loan.due"


# Denials


def test_a_denied_wish_is_not_done_and_the_customer_is_asked(talk: Talk) -> None:
    assert names(talk.say("我不是要提前还款")) == ["denied_wish"]
    assert talk.state.task is None


@pytest.mark.parametrize("words", ["I don't want to repay", "我不想提前还款", "别冻结我的卡"])
def test_a_wish_that_is_only_not_wanted_is_not_begun(talk: Talk, words: str) -> None:
    assert names(talk.say(words)) == ["denied_wish"]
    assert talk.state.task is None


def test_what_follows_a_denial_is_answered(talk: Talk) -> None:
    assert talk.say("不是问利息,是问几号还").rule == "start:loan.due"


def test_a_denied_person_is_not_called(talk: Talk) -> None:
    decision = talk.say("我没说要转人工,我想查余额")
    assert decision.escalate is None
    assert names(decision) == ["no_account"]


def test_a_person_asked_for_behind_a_denial_comes(talk: Talk) -> None:
    assert talk.say("不是要查余额,我要转人工").escalate is Reason.CUSTOMER_ASKED


def test_denying_the_task_in_hand_drops_it(talk: Talk) -> None:
    for words in ("我要提前还款", "第一笔", "500"):
        talk.say(words)
    assert names(talk.say("我没说要提前还款")) == ["denied_task"]
    assert talk.state.task is None


def test_an_english_denial_with_what_is_meant(talk: Talk) -> None:
    assert talk.say("not the interest, the due date").rule == "start:loan.due"


# Corrections


def test_outside_a_task_the_last_question_is_answered_for_what_was_meant(talk: Talk) -> None:
    talk.say("微粒贷可以提前还款吗")
    decision = talk.say("说错了,是微业贷")
    assert names(decision) == ["weiyedai/early-repayment"]
    assert decision.rule == "corrected:weiyedai/early-repayment"


def test_outside_a_task_another_topic_may_be_meant(talk: Talk) -> None:
    talk.say("查余额")
    assert names(talk.say("刚才打错了 是查额度")) == ["no_limit"]


@pytest.mark.parametrize(
    "words", ["说错了,是第二笔", "不对,是另一笔", "sorry I meant the car loan"]
)
def test_another_loan_forgets_the_terms_and_keeps_the_amount(talk: Talk, words: str) -> None:
    for before in ("我要提前还款", "第一笔", "500"):
        talk.say(before)
    shown = repayment(talk.state)
    assert names(talk.say(words)) == ["confirm_repay"]
    after = repayment(talk.state)
    assert after.loan is not None
    assert (after.loan.id, after.loan.product) == ("loan-2", "weichedai")
    assert (after.amount, after.agreed) == (shown.amount, False)
    assert after.terms is not None


@pytest.mark.parametrize(
    "words", ["不对 我是说800", "说错了,800元", "不是500,是800元", "typo, 800"]
)
def test_another_amount_is_quoted_again(talk: Talk, words: str) -> None:
    for before in ("我要提前还款", "第一笔", "500"):
        talk.say(before)
    assert names(talk.say(words)) == ["confirm_repay"]
    assert repayment(talk.state).amount == Sum(fen=80_000)


def test_no_money_moves_in_any_of_it(content: Content) -> None:
    asked = bank()
    talk = Talk(content, asked, conversation())
    for words in ("我要提前还款", "第一笔", "500", "那车贷呢", "不是要还款", "说错了,是第二笔"):
        talk.say(words)
    assert any(isinstance(call, QuoteRepayment) for call in asked.calls)
    assert not any(isinstance(call, Repay) for call in asked.calls)


def test_a_task_in_hand_keeps_its_own_product(talk: Talk) -> None:
    talk.state = replace(
        talk.state,
        task=Task(
            id="t",
            intent="loan.repay_early",
            flow="repay_early",
            state=EarlyRepayment(),
            asked=Asked(question=Question.WHICH_LOAN, at=NOW),
            begun_at=NOW,
        ),
        last_topic=Topic(kind=TopicKind.INTENT, id="loan.due"),
    )
    talk.say("那车贷呢")
    assert talk.state.task is not None


def test_calling_off_in_a_task_is_about_no_product(talk: Talk) -> None:
    for before in ("我要提前还款", "第一笔", "500"):
        talk.say(before)
    assert names(talk.say("取消还款")) == ["task_cancelled"]
