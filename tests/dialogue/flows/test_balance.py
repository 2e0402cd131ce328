"""The balance is told at once, for every account, with what may really be spent."""

from tests.dialogue.stories import FakeBank, account, conversation, heard, names

from servicebot.content.content import Content
from servicebot.dialogue.say import Money, Say
from servicebot.domain.bank_calls import ListAccounts
from servicebot.domain.bank_results import Accounts, Unreachable

WISH = "account.balance"


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
