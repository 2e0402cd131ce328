"""What is due: one loan in full, several as a list, and nothing where nothing is owed."""

from dataclasses import replace
from datetime import date

from tests.dialogue.stories import FakeBank, conversation, due, heard, loan, names, place, product

from servicebot.content.content import Content
from servicebot.dialogue.say import Count, Joined, Money, Say, Term
from servicebot.domain.bank_calls import ListLoans, ReadDue
from servicebot.domain.bank_results import Due, Loans

WISH = "loan.due"


def bank(found: Due, *products: str) -> FakeBank:
    lines = products or ("weilidai",)
    loans = tuple(loan(number, line) for number, line in enumerate(lines, 1))
    return FakeBank({ListLoans: Loans(items=loans), ReadDue: found})


def test_one_loan_is_told_in_full_and_is_the_one_spoken_of(content: Content) -> None:
    told = bank(due()).decide(conversation(), content, heard("还多少", WISH))
    assert names(told) == ["due_one"]
    assert told.conversation.last_loan == "loan-1"


def test_what_is_overdue_names_the_days_and_the_penalty(content: Content) -> None:
    late = replace(due(), overdue_days=9, penalty_fen=321)
    (said,) = bank(late).decide(conversation(), content, heard("还多少", WISH)).says
    assert isinstance(said, Say)
    assert said.reply == "due_overdue"
    assert said.fields["days"] == Count(9)
    assert (Term("label_penalty"), Money(321)) in said.rows


def test_several_loans_are_added_up(content: Content) -> None:
    told = bank(due(), "weilidai", "weichedai").decide(conversation(), content, heard("还", WISH))
    (said,) = told.says
    assert isinstance(said, Say)
    assert said.reply == "due_several"
    assert said.fields["total"] == Money(20_000)
    assert told.conversation.last_loan == ""


def test_an_overdue_one_among_several_is_marked(content: Content) -> None:
    late = replace(due(), overdue_days=2, due_on=date(2026, 11, 20))
    (said,) = (
        bank(late, "weilidai", "weilidai").decide(conversation(), content, heard("还", WISH)).says
    )
    assert isinstance(said, Say)
    assert all(value == Joined((Money(10_000), Term("state_overdue"))) for _, value in said.rows)


def test_only_what_was_named_is_asked_of_the_bank(content: Content) -> None:
    for slot, asked in ((product("weichedai"), "loan-2"), (place(1), "loan-1")):
        two = bank(due(), "weilidai", "weichedai")
        two.decide(conversation(), content, heard("那笔还多少", WISH, slots=(slot,)))
        assert [call.loan_id for call in two.calls if isinstance(call, ReadDue)] == [asked]


def test_nothing_owed_and_no_loan_are_two_things(content: Content) -> None:
    paid = bank(due(0)).decide(conversation(), content, heard("还多少", WISH))
    assert names(paid) == ["nothing_due"]
    none = FakeBank({ListLoans: Loans(items=(replace(loan(1), state="settled"),))})
    assert names(none.decide(conversation(), content, heard("还多少", WISH))) == ["no_open_loan"]
