"""The bank's news: how an uncertain repayment ended, told once, or a person finds out."""

from tests.dialogue.stories import FakeBank, conversation, loan, names

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.bank_calls import ListLoans, ReadRepayment
from servicebot.domain.bank_results import BankResult, Loans, Refused, Repayment, Unreachable
from servicebot.domain.conversation import Owner
from servicebot.domain.messages import Arrival, BankEvent, BankNews
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language

NEWS = BankEvent(news=BankNews.MONEY_SETTLED, reference_id="key-1")


def repayment(state: str) -> Repayment:
    return Repayment(
        repayment_id="r", state=state, total_fen=100, outstanding_fen=0, receipt_no="R"
    )


def told(content: Content, answer: BankResult) -> Decision:
    bank = FakeBank({ReadRepayment: answer, ListLoans: Loans(items=(loan(1),))})
    state = conversation(unsettled={"loan-1": "key-1"})
    return bank.decide(state, content, None, NEWS)


def test_a_known_end_is_told_and_frees_the_loan(content: Content) -> None:
    for answer, said in (
        (repayment("succeeded"), "repay_done"),
        (repayment("failed"), "repay_failed"),
        (Refused(code="not_found"), "repay_not_done"),
    ):
        decision = told(content, answer)
        assert names(decision) == [said]
        assert decision.conversation.unsettled == {}


def test_what_nobody_knows_after_a_day_goes_to_a_person(content: Content) -> None:
    for answer in (repayment("processing"), Unreachable()):
        decision = told(content, answer)
        assert decision.escalate is Reason.FAULT
        assert decision.conversation.owner is Owner.QUEUE
        assert decision.conversation.unsettled == {"loan-1": "key-1"}


def test_news_about_nothing_that_waits_is_silent(content: Content) -> None:
    assert names(FakeBank({}).decide(conversation(), content, None, NEWS)) == []


def test_who_arrives_is_greeted_once_in_the_pages_language(content: Content) -> None:
    arrival = Arrival(language=Language.EN)
    first = FakeBank({}).decide(conversation(turns=0), content, None, arrival)
    assert names(first) == ["welcome"]
    assert first.conversation.language is Language.EN
    assert names(FakeBank({}).decide(conversation(turns=3), content, None, arrival)) == []
