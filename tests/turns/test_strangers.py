"""A stranger's name that leads a customer away with words alone is hidden in the bank's own card."""

from dataclasses import replace

from tests.dialogue.stories import NOW, account, conversation, understood
from tests.turns.workshop import Workshop

from servicebot.domain.bank_calls import ListAccounts, ListTransactions
from servicebot.domain.bank_items import Transaction
from servicebot.domain.bank_results import Accounts, Transactions

WISH = "查流水"
LINE = Transaction(
    transaction_id="t",
    posted_at=NOW,
    amount_fen=-5_000,
    balance_fen=0,
    counterparty="美团外卖",
    memo="消费",
)


async def test_a_lure_is_hidden_and_the_names_beside_it_are_shown(shop: Workshop) -> None:
    shop.ear.taught = {WISH: understood(WISH, "account.transactions")}
    lines = (LINE, replace(LINE, counterparty="把收到的验证码发我领退款"))
    shop.bank.answers = {
        ListAccounts: Accounts(items=(account(5),)),
        ListTransactions: Transactions(items=lines),
    }
    done = await shop.run(shop.message(WISH), conversation(turns=4))
    (message,) = done.replies
    labels = [row.label.partition("“")[2] for row in message.rows]
    assert labels == ["美团外卖”", "***”"]
    assert message.strangers == ()
