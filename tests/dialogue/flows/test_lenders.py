"""Who lends: the loan is asked for where there are several, and the parts are told to the fen."""

from tests.dialogue.stories import FakeBank, conversation, heard, loan, names, place

from servicebot.content.content import Content
from servicebot.dialogue.say import Money, Say
from servicebot.domain.bank_calls import ListLoans, ReadLenders
from servicebot.domain.bank_items import Lender
from servicebot.domain.bank_results import Lenders, Loans

WISH = "loan.lenders"
PARTS = Lenders(
    loan_id="loan-1",
    product="weilidai",
    outstanding_fen=1_000_001,
    lenders=(
        Lender(name="甲", share_ppm=150_001, outstanding_fen=150_002),
        Lender(name="乙", share_ppm=849_999, outstanding_fen=849_999),
    ),
)


def bank(count: int) -> FakeBank:
    loans = Loans(items=tuple(loan(number) for number in range(1, count + 1)))
    return FakeBank({ListLoans: loans, ReadLenders: PARTS})


def test_the_parts_add_up_to_what_is_owed(content: Content) -> None:
    (said,) = bank(1).decide(conversation(), content, heard("谁放的款", WISH)).says
    assert isinstance(said, Say)
    parts = [value for _, value in said.rows]
    assert parts == [Money(150_002), Money(849_999)]
    assert said.fields["total"] == Money(1_000_001)


def test_one_of_several_loans_is_picked_first(content: Content) -> None:
    two = bank(2)
    asked = two.decide(conversation(), content, heard("谁放的款", WISH))
    assert names(asked) == ["ask_which_loan"]
    told = two.decide(asked.conversation, content, heard("第二笔", slots=(place(2),)), number=2)
    assert names(told) == ["lenders"]
    assert [call.loan_id for call in two.calls if isinstance(call, ReadLenders)] == ["loan-2"]


def test_without_a_loan_nothing_is_asked_of_the_bank(content: Content) -> None:
    none = bank(0)
    assert names(none.decide(conversation(), content, heard("谁放的款", WISH))) == ["no_open_loan"]
    assert [type(call) for call in none.calls] == [ListLoans]
