"""The schedule: the next installments, the sum of all, and the other loan by a word."""

from datetime import date

from tests.dialogue.stories import FakeBank, conversation, heard, loan, names, place

from servicebot.content.content import Content
from servicebot.dialogue.flows.schedule import SHOWN
from servicebot.dialogue.say import Count, Joined, Money, Say, Term
from servicebot.domain.bank_calls import ListLoans, ReadSchedule
from servicebot.domain.bank_items import Installment
from servicebot.domain.bank_results import Loans, Schedule

WISH = "loan.schedule"


def part(number: int, state: str = "open") -> Installment:
    return Installment(
        number=number,
        due_on=date(2026, 12, number),
        principal_fen=900,
        interest_fen=100,
        total_fen=1_000,
        state=state,
    )


def bank(*parts: Installment, loans: int = 1) -> FakeBank:
    return FakeBank(
        {
            ListLoans: Loans(items=tuple(loan(number) for number in range(1, loans + 1))),
            ReadSchedule: Schedule(loan_id="loan-1", product="weilidai", installments=parts),
        }
    )


def test_paid_ones_are_left_out_and_the_sum_counts_all_that_are_open(content: Content) -> None:
    parts = (part(1, "paid"), *(part(number) for number in range(2, 12)))
    (said,) = bank(*parts).decide(conversation(), content, heard("还款计划", WISH)).says
    assert isinstance(said, Say)
    assert len(said.rows) == SHOWN
    assert said.fields["count"] == Count(10)
    assert said.fields["total"] == Money(10_000)


def test_an_overdue_one_is_marked(content: Content) -> None:
    (said,) = bank(part(1, "overdue")).decide(conversation(), content, heard("计划", WISH)).says
    assert isinstance(said, Say)
    assert said.rows[0][1] == Joined((Money(1_000), Term("state_overdue")))


def test_nothing_left_is_told_so(content: Content) -> None:
    told = bank(part(1, "paid")).decide(conversation(), content, heard("计划", WISH))
    assert names(told) == ["schedule_empty"]


def test_the_other_loan_is_the_one_that_was_not_shown(content: Content) -> None:
    two = bank(part(1), loans=2)
    words = heard("第一笔还款计划", WISH, slots=(place(1),))
    shown = two.decide(conversation(), content, words)
    assert shown.conversation.last_loan == "loan-1"
    two.decide(shown.conversation, content, heard("另一笔的还款计划", WISH), number=2)
    assert [c.loan_id for c in two.calls if isinstance(c, ReadSchedule)] == ["loan-1", "loan-2"]
