"""What was said before the link, or before the choice of a loan, is used after it."""

import pytest
from tests.dialogue.stories import (
    FakeBank,
    conversation,
    due,
    heard,
    loan,
    money,
    names,
    place,
    product,
    repaying_bank,
    repayment,
)

from servicebot.content.content import Content
from servicebot.domain.bank_calls import ListLoans, QuoteRepayment, ReadDue, ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink, Loans
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.heard import Heard
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.task import Amount, DueNow, Sum, WholeLoan

WISH = "loan.repay_early"
BOUND = BankEvent(news=BankNews.IDENTITY_BOUND, reference_id="link-1")


def two_loans() -> FakeBank:
    bank = repaying_bank()
    bank.answers |= {
        ListLoans: Loans(items=(loan(1), loan(2, "weichedai"))),
        ReadDue: due(),
        StartLink: IdentityLink(link_id="link-1", state="pending", url="https://bank/link/1"),
        ReadLink: IdentityLink(link_id="link-1", state="pending", url="https://bank/link/1"),
    }
    return bank


def link(bank: FakeBank, state: Conversation, content: Content) -> Conversation:
    """The page is used; the words after it are none."""
    bank.answers[ReadLink] = IdentityLink(
        link_id="link-1", state="bound", subject="subject-1", display_name="陈*明"
    )
    return bank.decide(state, content, None, BOUND, number=9).conversation


def stranger() -> Conversation:
    return conversation(identity=Identity())


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        (heard("我要还两千五百块", WISH, slots=(money(250_000),)), Sum(fen=250_000)),
        (heard("repay 500", WISH, slots=(money(50_000),)), Sum(fen=50_000)),
        (heard("全部还清", WISH), WholeLoan()),
        (heard("把今天到期的还了", WISH), DueNow()),
    ],
)
def test_an_amount_is_kept_over_the_link(content: Content, words: Heard, amount: Amount) -> None:
    bank = two_loans()
    bank.answers[ListLoans] = Loans(items=(loan(1),))
    offered = bank.decide(stranger(), content, words)
    assert names(offered) == ["link_needed"]
    linked = link(bank, offered.conversation, content)
    assert repayment(linked).amount == amount
    assert repayment(linked).terms is not None


def test_an_amount_is_kept_over_the_choice_of_a_loan(content: Content) -> None:
    bank = two_loans()
    first = heard("我要提前还款500元", WISH, slots=(money(50_000),))
    asked = bank.decide(conversation(), content, first)
    assert names(asked) == ["ask_which_loan"]
    chosen = heard("第一笔", slots=(place(1),))
    shown = bank.decide(asked.conversation, content, chosen, number=2)
    assert names(shown) == ["confirm_repay"]
    assert QuoteRepayment(loan_id="loan-1", amount_fen=50_000) in bank.calls


@pytest.mark.parametrize("named", [place(2), product("weichedai")])
def test_the_loan_named_before_the_link_is_taken_after_it(content: Content, named: object) -> None:
    bank = two_loans()
    words = heard("提前还那笔500元", WISH, slots=(named, money(50_000)))  # type: ignore[arg-type]
    offered = bank.decide(stranger(), content, words)
    linked = link(bank, offered.conversation, content)
    ref = repayment(linked).loan
    assert ref is not None
    assert ref.id == "loan-2"


def test_a_product_named_before_the_link_narrows_what_is_told_after_it(content: Content) -> None:
    bank = two_loans()
    words = heard("车贷这个月还多少", "loan.due", slots=(product("weichedai"),))
    offered = bank.decide(stranger(), content, words)
    link(bank, offered.conversation, content)
    assert [call.loan_id for call in bank.calls if isinstance(call, ReadDue)] == ["loan-2"]


def test_what_is_said_while_the_link_waits_counts_too(content: Content) -> None:
    bank = two_loans()
    bank.answers[ListLoans] = Loans(items=(loan(1),))
    offered = bank.decide(stranger(), content, heard("我要提前还款", WISH))
    words = heard("我要还500元", WISH, slots=(money(50_000),))
    waiting = bank.decide(offered.conversation, content, words, number=2)
    assert names(waiting) == ["remind_link_needed"]
    linked = link(bank, waiting.conversation, content)
    assert repayment(linked).amount == Sum(fen=50_000)
