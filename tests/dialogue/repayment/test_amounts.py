"""What a repayment takes for an amount, and what it says where words name none."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dialogue.stories import (
    FakeBank,
    account,
    conversation,
    day,
    due,
    heard,
    loan,
    money,
    names,
    no,
    quote,
    repaying_bank,
    repayment,
    yes,
)

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import Money, Say, Term
from servicebot.domain.bank_calls import (
    ListAccounts,
    ListLoans,
    QuoteRepayment,
    ReadDue,
    ReadStepUp,
    StartStepUp,
)
from servicebot.domain.bank_results import Accounts, Loans, StepUp
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.task import DueNow, Question, Sum, WholeLoan
from servicebot.domain.understanding import AmountDoubt, SlotValue

WISH = "loan.repay_early"


def said(decision: Decision) -> Say:
    """The one thing that was said."""
    (one,) = decision.says
    assert isinstance(one, Say)
    return one


def at_amount(content: Content, bank: FakeBank) -> Conversation:
    asked = bank.decide(conversation(), content, heard("我要提前还款", WISH))
    assert names(asked) == ["ask_amount"]
    return asked.conversation


def at_terms(content: Content, bank: FakeBank) -> Conversation:
    first = heard("提前还款500元", WISH, slots=(money(50_000),))
    shown = bank.decide(conversation(), content, first)
    assert names(shown) == ["confirm_repay"]
    return shown.conversation


def marked(words: Heard, *marks: Mark) -> Heard:
    """The words with marks."""
    return replace(words, whole=replace(words.whole, marks=frozenset(marks)))


def quoted(bank: FakeBank) -> list[int | None]:
    """The amounts the bank was asked about, in order."""
    return [call.amount_fen for call in bank.calls if isinstance(call, QuoteRepayment)]


def test_the_question_names_what_is_due_what_closes_the_loan_and_the_least(
    content: Content,
) -> None:
    bank = repaying_bank()
    bank.answers[QuoteRepayment] = quote(800_000, min_fen=10_000)
    asked = said(bank.decide(conversation(), content, heard("我要提前还款", WISH)))
    assert asked.rows == (
        (Term("label_due_now"), Money(10_000)),
        (Term("label_payoff"), Money(800_000)),
        (Term("label_least"), Money(10_000)),
    )
    assert asked.choices == (Term("label_repay_due"),)


def test_where_nothing_is_due_the_question_does_not_offer_it(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ReadDue] = due(0)
    asked = said(bank.decide(conversation(), content, heard("我要提前还款", WISH)))
    assert [label for label, _ in asked.rows] == [Term("label_payoff")]
    assert asked.choices == ()


@pytest.mark.parametrize(
    "words", ["把今天到期的还了", "还本期的", "what is due", "Repay the amount due"]
)
def test_what_is_due_takes_the_due_amount(content: Content, words: str) -> None:
    bank = repaying_bank()
    shown = bank.decide(at_amount(content, bank), content, heard(words), number=2)
    assert names(shown) == ["confirm_repay"]
    assert repayment(shown.conversation).amount == DueNow()
    assert quoted(bank)[-1] == 10_000


def test_what_is_due_in_the_first_message_is_kept(content: Content) -> None:
    bank = repaying_bank()
    shown = bank.decide(conversation(), content, heard("把今天到期的还了", WISH))
    assert names(shown) == ["confirm_repay"]
    assert quoted(bank) == [10_000]


def test_where_nothing_is_due_it_is_said_and_asked_again(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ReadDue] = due(0)
    asked = bank.decide(at_amount(content, bank), content, heard("还本期的"), number=2)
    assert names(asked) == ["amount_nothing_due"]
    assert repayment(asked.conversation).amount is None


@pytest.mark.parametrize("words", ["全部还清", "repay everything"])
def test_all_of_it_is_an_amount(content: Content, words: str) -> None:
    bank = repaying_bank()
    shown = bank.decide(at_amount(content, bank), content, heard(words), number=2)
    assert repayment(shown.conversation).amount == WholeLoan()


def doubted(doubt: AmountDoubt) -> SlotValue:
    return replace(money(50_000, certain=False), doubt=doubt)


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        (heard("一半"), "amount_half"),
        (heard("half of it"), "amount_half"),
        (heard("两笔都还"), "amount_both"),
        (heard("both loans"), "amount_both"),
        (heard("500还是1000", slots=(doubted(AmountDoubt.EITHER_OR),)), "amount_which"),
        (heard("百分之五十", slots=(doubted(AmountDoubt.PERCENT),)), "amount_share"),
        (heard("500美元", slots=(doubted(AmountDoubt.FOREIGN),)), "amount_no_yuan"),
        (heard("两三百", slots=(doubted(AmountDoubt.RANGE),)), "amount_inexact"),
        (heard("-500", slots=(doubted(AmountDoubt.NEGATIVE),)), "amount_no_yuan"),
    ],
)
def test_what_is_no_amount_is_said_and_the_question_stays(
    content: Content, words: Heard, reply: str
) -> None:
    bank = repaying_bank()
    state = at_amount(content, bank)
    bank.answers[ListLoans] = Loans(items=(loan(1), loan(2)))
    asked = bank.decide(state, content, words, number=2)
    assert names(asked) == [reply]
    task = asked.conversation.task
    assert task is not None
    assert task.question is Question.AMOUNT
    assert repayment(asked.conversation).amount is None


def test_all_loans_of_a_customer_with_one_are_the_whole_of_it(content: Content) -> None:
    bank = repaying_bank()
    shown = bank.decide(conversation(), content, heard("所有贷款都还清", WISH))
    assert repayment(shown.conversation).amount == WholeLoan()


def test_a_bare_number_is_an_amount_where_one_was_asked_for(content: Content) -> None:
    bank = repaying_bank()
    words = heard("500", slots=(money(50_000, certain=False),))
    shown = bank.decide(at_amount(content, bank), content, words, number=2)
    assert repayment(shown.conversation).amount == Sum(fen=50_000)


def test_a_bare_number_in_the_first_message_is_none(content: Content) -> None:
    words = heard("我要提前还款,合同号88123", WISH, slots=(money(8_812_300, certain=False),))
    assert names(repaying_bank().decide(conversation(), content, words)) == ["ask_amount"]


@pytest.mark.parametrize("words", ["我上个月还了800", "I already paid 800 last month"])
def test_an_amount_of_the_past_changes_nothing(content: Content, words: str) -> None:
    bank = repaying_bank()
    told = heard(words, slots=(money(80_000),))
    after = bank.decide(at_terms(content, bank), content, told, number=2).conversation
    assert repayment(after).amount == Sum(fen=50_000)
    assert repayment(after).terms is not None


def test_an_amount_of_the_past_changes_nothing_at_the_approval(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="pending")
    agreed = bank.decide(at_terms(content, bank), content, yes(), number=2)
    assert names(agreed) == ["step_up_repay"]
    told = heard("我上个月还了800", WISH, slots=(money(80_000),))
    after = bank.decide(agreed.conversation, content, told, number=3)
    assert names(after) == ["step_up_repay"]
    assert repayment(after.conversation).amount == Sum(fen=50_000)


def test_a_long_story_with_an_amount_changes_nothing(content: Content) -> None:
    bank = repaying_bank()
    story = "我家里最近装修花费比较多,孩子上学也要交800块钱,所以我想先问清楚再决定"
    told = heard(story, WISH, slots=(money(80_000),))
    after = bank.decide(at_terms(content, bank), content, told, number=2).conversation
    assert repayment(after).amount == Sum(fen=50_000)


def test_a_later_day_is_spoken_about_first(content: Content) -> None:
    bank = repaying_bank()
    words = heard("明天帮我还500元", WISH, slots=(day(date(2026, 11, 24)), money(50_000)))
    asked = bank.decide(conversation(), content, words)
    assert names(asked) == ["ask_repay_now"]
    assert not quoted(bank)
    shown = bank.decide(asked.conversation, content, yes(), number=2)
    assert names(shown) == ["confirm_repay"]
    assert repayment(shown.conversation).amount == Sum(fen=50_000)
    assert not any(isinstance(call, StartStepUp) for call in bank.calls)


def test_a_later_day_that_is_not_now_ends_it(content: Content) -> None:
    bank = repaying_bank()
    words = heard("明天帮我还500元", WISH, slots=(day(date(2026, 11, 24)), money(50_000)))
    asked = bank.decide(conversation(), content, words)
    ended = bank.decide(asked.conversation, content, no(), number=2)
    assert names(ended) == ["repay_cancelled"]
    assert ended.conversation.task is None


def test_today_is_no_later_day(content: Content) -> None:
    words = heard("今天还500元", WISH, slots=(day(date(2026, 11, 23)), money(50_000)))
    assert names(repaying_bank().decide(conversation(), content, words)) == ["confirm_repay"]


def test_too_low_a_balance_is_told_before_the_confirmation(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListAccounts] = Accounts(items=(account(40_000),))
    first = heard("提前还款500元", WISH, slots=(money(50_000),))
    told = bank.decide(conversation(), content, first)
    one = said(told)
    assert one.reply == "balance_too_low"
    assert one.fields["total"] == Money(50_000)
    assert one.fields["available"] == Money(40_000)
    task = told.conversation.task
    assert task is not None
    assert task.question is Question.AMOUNT
    assert repayment(told.conversation).terms is None


def test_an_amount_said_while_the_loan_is_asked_for_is_kept(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListLoans] = Loans(items=(loan(1), loan(2)))
    asked = bank.decide(conversation(), content, heard("我要提前还款", WISH))
    assert names(asked) == ["ask_which_loan"]
    first = heard("先还500吧", WISH, slots=(money(50_000),))
    noted = bank.decide(asked.conversation, content, first, number=2)
    changed = heard("不是500是600", slots=(money(60_000, certain=False),))
    noted = bank.decide(noted.conversation, content, changed, number=3)
    assert names(noted) == ["ask_which_loan"]
    shown = bank.decide(noted.conversation, content, heard("1"), number=4)
    assert names(shown) == ["confirm_repay"]
    assert repayment(shown.conversation).amount == Sum(fen=60_000)


def test_a_bare_number_that_picks_a_loan_is_no_amount(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListLoans] = Loans(items=(loan(1), loan(2)))
    asked = bank.decide(conversation(), content, heard("我要提前还款", WISH))
    picks = heard("2", slots=(money(200, certain=False),))
    assert names(bank.decide(asked.conversation, content, picks, number=2)) == ["ask_amount"]


def test_a_half_said_before_the_loan_is_asked_about_after_it(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListLoans] = Loans(items=(loan(1), loan(2)))
    asked = bank.decide(conversation(), content, heard("我要提前还款", WISH))
    half = bank.decide(asked.conversation, content, heard("还一半"), number=2)
    assert names(half) == ["ask_which_loan"]


@pytest.mark.parametrize(
    ("marks", "left"),
    [((Mark.MORE_BY,), 60_000), ((Mark.LESS_BY,), 40_000), ((), 10_000)],
    ids=["so much more", "so much less", "another amount"],
)
def test_so_much_more_or_less_is_counted_from_the_amount_before(
    marks: tuple[Mark, ...], left: int, content: Content
) -> None:
    bank = repaying_bank()
    terms = at_terms(content, bank)
    said_more = marked(heard("100", slots=(money(10_000),)), *marks)
    assert names(bank.decide(terms, content, said_more)) == ["confirm_repay"]
    assert quoted(bank)[-1] == left


def test_too_much_leaves_the_amount_open(content: Content) -> None:
    bank = repaying_bank()
    too_much = marked(heard("太多了"), Mark.TOO_MUCH)
    assert names(bank.decide(at_terms(content, bank), content, too_much)) == ["amount_other"]


def test_the_last_digits_of_an_own_account_are_no_amount(content: Content) -> None:
    bank = repaying_bank()
    terms = at_terms(content, bank)
    digits = replace(money(668_800), text="6688", certain=False)
    shown = bank.decide(terms, content, heard("6688", slots=(digits,)))
    assert names(shown) == ["confirm_repay"]
    assert quoted(bank)[-1] == 50_000
