"""The overview: every open loan with what is still owed, overdue ones marked."""

from dataclasses import replace

from tests.dialogue.stories import FakeBank, conversation, heard, loan, names, product

from servicebot.content.content import Content
from servicebot.dialogue.say import Joined, Money, Say, Term
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_items import Loan
from servicebot.domain.bank_results import Loans

WISH = "loan.overview"


def bank(*loans: Loan) -> FakeBank:
    return FakeBank({ListLoans: Loans(items=loans)})


def test_settled_loans_do_not_count(content: Content) -> None:
    settled = replace(loan(3), state="settled")
    told = bank(loan(1), loan(2, "weichedai"), settled)
    (said,) = told.decide(conversation(), content, heard("我的贷款", WISH)).says
    assert isinstance(said, Say)
    assert len(said.rows) == 2
    assert said.fields["total"] == Money(1_600_000)


def test_an_overdue_loan_is_marked(content: Content) -> None:
    late = replace(loan(1), state="overdue")
    (said,) = bank(late).decide(conversation(), content, heard("我的贷款", WISH)).says
    assert isinstance(said, Say)
    assert said.rows[0][1] == Joined((Money(800_000), Term("state_overdue")))


def test_a_named_product_narrows_it_and_one_without_a_loan_shows_all(content: Content) -> None:
    two = bank(loan(1), loan(2, "weichedai"))
    for named, rows in (("weichedai", 1), ("weiyedai", 2)):
        words = heard("还欠多少", WISH, slots=(product(named),))
        (said,) = two.decide(conversation(), content, words).says
        assert isinstance(said, Say)
        assert len(said.rows) == rows


def test_no_loan_is_told_so(content: Content) -> None:
    assert names(bank().decide(conversation(), content, heard("我的贷款", WISH))) == [
        "no_open_loan"
    ]
