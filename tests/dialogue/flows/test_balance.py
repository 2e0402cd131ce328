"""The balance is told at once, for every account, with what may really be spent."""

from dataclasses import replace

from tests.dialogue.stories import FakeBank, account, conversation, heard, names, tail

from servicebot.content.content import Content
from servicebot.dialogue.say import Money, Say, Words
from servicebot.domain.bank_calls import ListAccounts
from servicebot.domain.bank_results import Accounts, Unreachable

WISH = "account.balance"
SECOND = replace(account(700), account_id="acc-2", tail="6699")


def test_every_account_stands_with_its_available_money(content: Content) -> None:
    bank = FakeBank({ListAccounts: Accounts(items=(account(12_345), account(0)))})
    told = bank.decide(conversation(), content, heard("查余额", WISH))
    (said,) = told.says
    assert isinstance(said, Say)
    assert [value for _, value in said.rows] == [Money(12_345), Money(0)]
    assert told.conversation.task is None


def test_who_has_no_account_is_told_so(content: Content) -> None:
    bank = FakeBank({ListAccounts: Accounts(items=())})
    assert names(bank.decide(conversation(), content, heard("查余额", WISH))) == ["no_account"]


def test_a_silent_bank_is_told_and_leaves_nothing_in_hand(content: Content) -> None:
    bank = FakeBank({ListAccounts: Unreachable()})
    told = bank.decide(conversation(), content, heard("查余额", WISH))
    assert names(told) == ["bank_unavailable"]
    assert told.conversation.task is None


def test_the_account_that_was_named_is_told_alone(content: Content) -> None:
    bank = FakeBank({ListAccounts: Accounts(items=(account(12_345), SECOND))})
    words = heard("查尾号6699的余额", WISH, slots=(tail("6699"),))
    (said,) = bank.decide(conversation(), content, words).says
    assert isinstance(said, Say)
    assert (said.reply, [value for _, value in said.rows]) == ("balance", [Money(700)])


def test_an_account_that_is_not_there_is_said_to_be_not_there(content: Content) -> None:
    bank = FakeBank({ListAccounts: Accounts(items=(account(12_345), SECOND))})
    words = heard("查尾号1234的余额", WISH, slots=(tail("1234"),))
    (said,) = bank.decide(conversation(), content, words).says
    assert isinstance(said, Say)
    assert said.reply == "balance_of_others"
    assert said.fields["tail"] == Words("1234")
    assert [value for _, value in said.rows] == [Money(12_345), Money(700)]
