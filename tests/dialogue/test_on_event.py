"""The bank's news: how an uncertain repayment ended, told once, or a person finds out."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import KNOWN, FakeBank, conversation, loan, names

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.bank_calls import ListLoans, ReadRepayment
from servicebot.domain.bank_results import BankResult, Loans, Refused, Repayment, Unreachable
from servicebot.domain.conversation import Identity, Owner
from servicebot.domain.messages import Arrival, BankEvent, BankNews
from servicebot.domain.money import MoneyEnd, MoveState
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language

NEWS = BankEvent(news=BankNews.MONEY_SETTLED, reference_id="key-1")  # of an earlier edition
BLOCKED = {"loan-1": "key-1", "loan-2": "key-2"}


def news(
    state: MoveState, answer: Repayment | Refused | None = None, product: str = "weilidai"
) -> BankEvent:
    return replace(NEWS, end=MoneyEnd(state=state, product=product, answer=answer))


def repayment(state: str) -> Repayment:
    return Repayment(
        repayment_id="r", state=state, total_fen=100, outstanding_fen=0, receipt_no="R"
    )


def told(content: Content, answer: BankResult) -> Decision:
    bank = FakeBank({ReadRepayment: answer, ListLoans: Loans(items=(loan(1),))})
    state = conversation(unsettled={"loan-1": "key-1"})
    return bank.decide(state, content, None, NEWS)


@pytest.mark.parametrize("identity", [KNOWN, Identity()])
@pytest.mark.parametrize(
    ("event", "said"),
    [
        (news(MoveState.SUCCEEDED, repayment("succeeded")), "repay_done"),
        (news(MoveState.FAILED, repayment("failed")), "repay_failed"),
        (news(MoveState.FAILED, Refused(code="key_voided")), "repay_not_done"),
    ],
)
def test_the_end_in_the_news_is_told_once_without_the_bank_and_frees_the_loan(
    content: Content, event: BankEvent, said: str, identity: Identity
) -> None:
    bank = FakeBank({})
    state = conversation(unsettled=BLOCKED, identity=identity)
    decision = bank.decide(state, content, None, event)
    assert names(decision) == [said]
    assert decision.conversation.unsettled == {"loan-2": "key-2"}
    again = bank.decide(decision.conversation, content, None, event)
    assert names(again) == []
    assert again.conversation.unsettled == {"loan-2": "key-2"}


def test_what_nobody_knows_after_a_day_goes_to_a_person_and_frees_the_loan(
    content: Content,
) -> None:
    state = conversation(unsettled=BLOCKED)
    decision = FakeBank({}).decide(state, content, None, news(MoveState.GIVEN_UP))
    assert (decision.escalate, decision.conversation.owner) == (Reason.FAULT, Owner.QUEUE)
    assert decision.conversation.unsettled == {"loan-2": "key-2"}


def test_an_answer_against_the_terms_goes_to_a_person_and_the_loan_stays_blocked(
    content: Content,
) -> None:
    state = conversation(unsettled=BLOCKED)
    decision = FakeBank({}).decide(state, content, None, news(MoveState.DISPUTED))
    assert (decision.escalate, decision.conversation.owner) == (Reason.FAULT, Owner.QUEUE)
    assert decision.conversation.unsettled == BLOCKED


def test_news_of_an_earlier_edition_is_looked_up_and_always_frees_the_loan(
    content: Content,
) -> None:
    assert names(told(content, repayment("succeeded"))) == ["repay_done"]
    assert names(told(content, repayment("failed"))) == ["repay_failed"]
    for answer in (
        repayment("processing"),
        Unreachable(),
        Refused(code="key_unknown"),
        Refused(code="subject_revoked"),
    ):
        decision = told(content, answer)
        assert decision.escalate is Reason.FAULT
        assert decision.conversation.unsettled == {}


def test_news_of_an_earlier_edition_asks_nothing_for_a_chat_that_was_unlinked(
    content: Content,
) -> None:
    state = conversation(unsettled={"loan-1": "key-1"}, identity=Identity())
    for event in (NEWS, news(MoveState.SUCCEEDED, repayment("succeeded"), product="")):
        bank = FakeBank({})
        decision = bank.decide(state, content, None, event)
        assert bank.calls == []
        assert (decision.escalate, decision.conversation.unsettled) == (Reason.FAULT, {})


def test_the_product_of_an_earlier_editions_move_is_looked_up(content: Content) -> None:
    event = news(MoveState.SUCCEEDED, repayment("succeeded"), product="")
    state = conversation(unsettled={"loan-1": "key-1"})
    known = FakeBank({ListLoans: Loans(items=(loan(1),))}).decide(state, content, None, event)
    assert names(known) == ["repay_done"]
    silent = FakeBank({ListLoans: Unreachable()}).decide(state, content, None, event)
    assert silent.escalate is Reason.FAULT
    assert silent.conversation.unsettled == {}


def test_news_about_nothing_that_waits_is_silent(content: Content) -> None:
    assert names(FakeBank({}).decide(conversation(), content, None, NEWS)) == []


def test_who_arrives_is_greeted_once_in_the_pages_language(content: Content) -> None:
    arrival = Arrival(language=Language.EN)
    first = FakeBank({}).decide(conversation(turns=0), content, None, arrival)
    assert names(first) == ["welcome"]
    assert first.conversation.language is Language.EN
    assert names(FakeBank({}).decide(conversation(turns=3), content, None, arrival)) == []
