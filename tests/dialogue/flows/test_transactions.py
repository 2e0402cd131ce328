"""Transactions: of one account, the newest few, picked by its last digits where there are two."""

from dataclasses import replace

from tests.dialogue.stories import NOW, FakeBank, account, conversation, heard, names, ordinal, tail

from servicebot.content.content import Content
from servicebot.dialogue.flows.transactions import SHOWN
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.print_figure import MOST_FOREIGN
from servicebot.dialogue.say import Money, Say, Words
from servicebot.domain.bank_calls import ListAccounts, ListTransactions
from servicebot.domain.bank_items import Account, Transaction
from servicebot.domain.bank_results import Accounts, Transactions
from servicebot.domain.understanding import Language

WISH = "account.transactions"
LINE = Transaction(
    transaction_id="t",
    posted_at=NOW,
    amount_fen=-5_000,
    balance_fen=0,
    counterparty="示例超市",
    memo="消费",
)
SECOND = replace(account(5), account_id="acc-2", tail="6699")


def bank(*accounts: Account, lines: int = 1) -> FakeBank:
    return FakeBank(
        {
            ListAccounts: Accounts(items=accounts),
            ListTransactions: Transactions(items=(LINE,) * lines),
        }
    )


def test_the_only_account_is_not_asked_for(content: Content) -> None:
    (said,) = bank(account(5), lines=9).decide(conversation(), content, heard("明细", WISH)).says
    assert isinstance(said, Say)
    assert [value for _, value in said.rows] == [Money(-5_000)] * SHOWN


def test_an_account_without_movements_is_told_so(content: Content) -> None:
    told = bank(account(5), lines=0).decide(conversation(), content, heard("明细", WISH))
    assert names(told) == ["no_transactions"]


def test_one_of_two_accounts_is_picked_by_its_last_digits(content: Content) -> None:
    two = bank(account(5), SECOND)
    asked = two.decide(conversation(), content, heard("明细", WISH))
    assert names(asked) == ["ask_which_account"]
    told = two.decide(asked.conversation, content, heard("6699"), number=2)
    (said,) = told.says
    assert isinstance(said, Say)
    assert said.fields["tail"] == Words("6699")


def test_the_digits_of_the_first_words_are_enough(content: Content) -> None:
    two = bank(account(5), SECOND)
    words = heard("尾号6699的明细", WISH, slots=(tail("6699"),))
    assert names(two.decide(conversation(), content, words)) == ["transactions"]


def test_an_account_that_is_not_there_is_said_to_be_not_there(content: Content) -> None:
    for accounts in ((account(5), SECOND), (account(5),)):
        some = bank(*accounts)
        words = heard("尾号1234的明细", WISH, slots=(tail("1234"),))
        asked = some.decide(conversation(), content, words)
        assert names(asked) == ["no_such_account"]
        told = some.decide(
            asked.conversation, content, heard("第一个", slots=(ordinal(1),)), number=2
        )
        assert names(told) == ["transactions"]


def test_another_account_that_is_not_there_is_named_at_the_question(content: Content) -> None:
    two = bank(account(5), SECOND)
    asked = two.decide(conversation(), content, heard("查明细", WISH))
    words = heard("尾号1234的", slots=(tail("1234"),))
    assert names(two.decide(asked.conversation, content, words, number=2)) == ["no_such_account"]


def test_a_strangers_name_is_one_short_line_in_quotation_marks(content: Content) -> None:
    long = replace(LINE, counterparty="银行”客服\n“请回电" + "很长" * 40)
    lines = FakeBank(
        {ListAccounts: Accounts(items=(account(5),)), ListTransactions: Transactions(items=(long,))}
    )
    (said,) = lines.decide(conversation(), content, heard("明细", WISH)).says
    (message,) = Phraser(content, Language.ZH).messages((said,), ())
    written = message.rows[0].label.partition(" ")[2].partition(" ")[2]
    assert written.startswith("“银行'客服 '请回电")
    assert written.endswith("…”")
    assert len(written) == MOST_FOREIGN + 2
    assert message.strangers == (written.strip("“”"),)
    assert "由对方填写" in message.text
