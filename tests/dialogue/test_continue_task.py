"""Tasks begin, wait behind one another and behind the link, are dropped, and come back."""

from dataclasses import replace

from tests.dialogue.stories import (
    FakeBank,
    conversation,
    due,
    heard,
    loan,
    money,
    names,
    no,
    repaying_bank,
    repayment,
)

from servicebot.content.content import Content
from servicebot.dialogue.decision import MOST_PAUSED
from servicebot.dialogue.say import Listed, Say, Title
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ListLoans, ReadDue, ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink, Loans
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.heard import Heard
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.task import Sum

PENDING = IdentityLink(link_id="link-1", state="pending", url="https://bank/link/1")
BOUND = BankEvent(news=BankNews.IDENTITY_BOUND, reference_id="link-1")
BALANCE = heard("查余额", "account.balance")
DUE = heard("这个月还多少", "loan.due")
REPAY = heard("提前还500元", "loan.repay_early", slots=(money(50_000),))


def refuses() -> Heard:
    return replace(heard("算了", "task.cancel"), act=Act.REFUSE)


def stranger() -> Conversation:
    return conversation(identity=Identity())


def linking_bank() -> FakeBank:
    bank = repaying_bank()
    bank.answers |= {StartLink: PENDING, ReadLink: PENDING, ReadDue: due()}
    return bank


def use_the_page(bank: FakeBank) -> None:
    bank.answers[ReadLink] = replace(PENDING, state="bound", subject="s", display_name="陈")


def test_two_wishes_before_the_link_are_both_answered_after_it(content: Content) -> None:
    bank = linking_bank()
    first = bank.decide(stranger(), content, BALANCE)
    second = bank.decide(first.conversation, content, DUE, number=2)
    assert names(second) == ["noted_for_link", "remind_link_needed"]
    use_the_page(bank)
    both = bank.decide(second.conversation, content, None, BOUND, number=3)
    assert names(both) == ["link_bound", "balance", "due_one"]
    assert both.conversation.task is None
    assert both.conversation.paused == ()


def test_the_same_wish_again_waits_only_once(content: Content) -> None:
    bank = linking_bank()
    state = bank.decide(stranger(), content, BALANCE).conversation
    for number in range(2, 5):
        state = bank.decide(state, content, DUE, number=number).conversation
    assert [task.intent for task in state.paused] == ["loan.due"]


def test_an_amount_in_a_second_wish_of_the_same_kind_is_kept(content: Content) -> None:
    bank = linking_bank()
    bare = heard("提前还款", "loan.repay_early")
    state = bank.decide(stranger(), content, bare).conversation
    again = bank.decide(state, content, REPAY, number=2)
    assert names(again) == ["remind_link_needed"]
    assert repayment(again.conversation).amount == Sum(fen=50_000)


def test_a_cancel_at_the_link_names_all_that_is_given_up(content: Content) -> None:
    bank = linking_bank()
    state = bank.decide(stranger(), content, BALANCE).conversation
    state = bank.decide(state, content, DUE, number=2).conversation
    dropped = bank.decide(state, content, refuses(), number=3)
    (said,) = dropped.says
    assert isinstance(said, Say)
    assert said.reply == "task_cancelled"
    assert said.fields["task"] == Listed((Title("account.balance"), Title("loan.due")))
    assert dropped.conversation.task is None
    assert dropped.conversation.paused == ()


def test_a_cancel_elsewhere_gives_up_one_and_takes_up_the_one_before(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListLoans] = Loans(items=(loan(1), loan(2)))
    plan = bank.decide(conversation(), content, heard("还款计划", "loan.schedule"))
    assert names(plan) == ["ask_which_loan"]
    repay = bank.decide(plan.conversation, content, REPAY, number=2)
    assert [task.intent for task in repay.conversation.paused] == ["loan.schedule"]
    dropped = bank.decide(repay.conversation, content, refuses(), number=3)
    assert names(dropped) == ["task_cancelled", "ask_which_loan"]
    assert dropped.conversation.task is not None
    assert dropped.conversation.task.intent == "loan.schedule"


def test_a_lookup_in_between_brings_the_terms_back(content: Content) -> None:
    bank = repaying_bank()
    state = bank.decide(conversation(), content, REPAY).conversation
    between = bank.decide(state, content, BALANCE, number=2)
    assert names(between) == ["balance", "confirm_repay"]
    ended = bank.decide(between.conversation, content, no(), number=3)
    assert names(ended) == ["repay_cancelled"]


def test_one_message_begins_one_task_however_often_it_is_handled(content: Content) -> None:
    first = repaying_bank().decide(conversation(), content, REPAY)
    again = repaying_bank().decide(conversation(), content, REPAY)
    other = repaying_bank().decide(conversation(), content, REPAY, number=2)
    ids = [one.conversation.task.id for one in (first, again, other) if one.conversation.task]
    assert ids[0] == ids[1] != ids[2]


def test_only_so_many_wait(content: Content) -> None:
    bank = linking_bank()
    wishes = (
        "account.balance",
        "loan.due",
        "loan.overview",
        "loan.schedule",
        "credit.limit",
        "application.status",
        "wealth.holdings",
    )
    state = stranger()
    for number, wish in enumerate(wishes, 1):
        state = bank.decide(state, content, heard("查", wish), number=number).conversation
    assert len(state.paused) == MOST_PAUSED
    assert state.task is not None
    assert state.task.intent == "account.balance"
