"""Whose product words without a product are about: the one spoken of, the customer's own, or asked."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dialogue.stories import NOW, FakeBank, conversation, heard, loan, names, product

from servicebot.content.content import Content
from servicebot.dialogue.facts import Facts
from servicebot.dialogue.own_product import Meant, meant_product
from servicebot.dialogue.view import TurnView
from servicebot.domain.bank_calls import BankCall, ListLoans
from servicebot.domain.bank_results import BankResult, Loans, Refused, Unreachable
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.heard import Heard
from servicebot.domain.task import LoanRef, OfLoan, Task
from servicebot.domain.understanding import Language

FEE = "weilidai/early-repayment"
CAR_FEE = "weichedai/early-settlement-fee"
WORDS = heard("提前还要手续费吗", FEE)


def meant(
    content: Content,
    state: Conversation,
    answer: BankResult | None = None,
    *,
    words: Heard | None = WORDS,
    article: str = FEE,
) -> Meant:
    results: dict[BankCall, BankResult] = {} if answer is None else {ListLoans(): answer}
    turn = TurnView(
        conversation=state,
        message_id="m1",
        received_at=NOW,
        heard=words,
        event=None,
        facts=Facts(results, subject=state.identity.subject),
        now=NOW,
        today=date(2026, 11, 23),
    )
    return meant_product(content.articles[article, Language.ZH], turn, content)


def owning(*products: str) -> Loans:
    return Loans(items=tuple(loan(number, line) for number, line in enumerate(products, 1)))


def answered(found: Meant) -> str | None:
    return found.answer.id if found.answer is not None else None


def test_the_only_line_of_a_known_customer_decides(content: Content) -> None:
    found = meant(content, conversation(), owning("weichedai"))
    assert answered(found) == CAR_FEE
    assert found.names_line
    assert found.others == ()
    assert found.conversation.own_lines == ("weichedai",)


def test_two_loans_of_one_line_are_one_line_and_settled_ones_are_none(content: Content) -> None:
    loans = (
        loan(1, "weiludai"),
        loan(2, "weiludai"),
        replace(loan(3, "weiyedai"), state="settled"),
    )
    found = meant(content, conversation(), Loans(items=loans))
    assert answered(found) == "weiludai/early-repayment"


def test_several_lines_are_asked_about_and_only_they_are_offered(content: Content) -> None:
    found = meant(content, conversation(), owning("weichedai", "weizhuangdai"))
    assert found.answer is None
    assert {one.id for one in found.others} == {CAR_FEE, "weizhuangdai/early-repayment"}


def test_a_stranger_gets_the_likeliest_with_its_product_and_the_others(content: Content) -> None:
    found = meant(content, conversation(identity=Identity()))
    assert answered(found) == FEE
    assert found.names_line
    assert CAR_FEE in {one.id for one in found.others}
    assert FEE not in {one.id for one in found.others}


def test_a_product_that_was_named_is_never_exchanged(content: Content) -> None:
    words = heard("微粒贷提前还要手续费吗", FEE, slots=(product("weilidai"),))
    found = meant(content, conversation(own_lines=("weichedai",)), words=words)
    assert answered(found) == FEE
    assert not found.names_line


@pytest.mark.parametrize("by_task", [True, False])
def test_the_product_spoken_of_goes_before_the_customers_own(
    content: Content, *, by_task: bool
) -> None:
    task = Task(
        id="t",
        intent="loan.schedule",
        flow="schedule",
        state=OfLoan(loan=LoanRef(id="loan-1", product="weilidai")),
        begun_at=NOW,
    )
    spoken = conversation(task=task) if by_task else conversation(last_product="weilidai")
    found = meant(content, replace(spoken, own_lines=("weichedai",)))
    assert answered(found) == FEE


def test_the_bank_is_asked_once_for_each_binding(content: Content) -> None:
    found = meant(content, conversation(own_lines=("weichedai",)))
    assert answered(found) == CAR_FEE


@pytest.mark.parametrize("answer", [Unreachable(), Refused(code="core_closed"), owning()])
def test_who_has_no_loan_or_gets_no_answer_is_treated_like_a_stranger(
    content: Content, answer: BankResult
) -> None:
    found = meant(content, conversation(), answer)
    assert answered(found) == FEE
    assert found.others


def test_a_line_without_an_article_of_its_own_gets_the_likeliest(content: Content) -> None:
    found = meant(content, conversation(own_lines=("no-such-line",)))
    assert answered(found) == FEE


def test_an_article_about_no_line_of_the_bank_has_no_twin(content: Content) -> None:
    found = meant(content, conversation(own_lines=("weichedai",)), article="channels/app-get")
    assert answered(found) == "channels/app-get"
    assert not found.names_line


@pytest.mark.xfail(
    strict=True, reason="the article's own line is remembered before the customer's is looked for"
)
def test_in_a_whole_turn_the_customers_own_line_decides_too(content: Content) -> None:
    bank = FakeBank({ListLoans: owning("weichedai")})
    assert names(bank.decide(conversation(), content, WORDS)) == [CAR_FEE]
