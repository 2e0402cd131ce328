"""A receipt holds all that a turn was decided from: deciding it again gives the same, byte for byte."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import account, conversation, due, loan, money, quote, understood
from tests.turns.workshop import LURES, ORIGINS, Workshop

from servicebot.content.content import Content
from servicebot.domain.bank_calls import ListAccounts, ListLoans, QuoteRepayment, ReadDue
from servicebot.domain.bank_results import Accounts, Loans
from servicebot.domain.receipts import Receipt
from servicebot.turns.replay import Replayer
from servicebot.turns.stored_form import from_json, to_json

BALANCE, REPAY = "查余额", "提前还500元"


def stored(receipt: Receipt) -> Receipt:
    """As it comes back from the records."""
    return from_json(Receipt, to_json(receipt))


@pytest.fixture
def replayer(shop: Workshop, content: Content) -> Replayer:
    shop.ear.taught = {
        BALANCE: understood(BALANCE, "account.balance"),
        REPAY: understood(REPAY, "loan.repay_early", slots=(money(50_000),)),
    }
    shop.bank.answers = {
        ListAccounts: Accounts(items=(account(1_000_000),)),
        ListLoans: Loans(items=(loan(1),)),
        ReadDue: due(),
        QuoteRepayment: replace(quote(), valid_until=shop.now + timedelta(minutes=10)),
    }
    return Replayer(shop.listener, content, "model-1", ORIGINS, LURES)


@pytest.mark.parametrize("words", [BALANCE, REPAY, "转人工", "咕噜咕噜"])
async def test_a_recorded_turn_is_decided_again_without_bank_and_desk(
    shop: Workshop, replayer: Replayer, words: str
) -> None:
    shop.bank.takes_s = 1.5
    done = await shop.run(shop.message(words), conversation(turns=4))
    shop.bank.answers = {}
    shop.clock.advance(86_400 * 400)
    assert replayer.is_same_version(done.receipt)
    assert await replayer.replay(stored(done.receipt)) == ()


async def test_the_first_message_of_a_chat_is_replayed_too(
    shop: Workshop, replayer: Replayer
) -> None:
    done = await shop.run(shop.message("转人工"), None)
    assert await replayer.replay(stored(done.receipt)) == ()


async def test_another_decision_is_named(shop: Workshop, replayer: Replayer) -> None:
    done = await shop.run(shop.message(BALANCE), conversation())
    other = replace(done.receipt, message=shop.message("咕噜"))
    found = await replayer.replay(stored(other))
    assert [one.what for one in found] == ["decision", "replies", "state", "understanding"]
    decision = found[0]
    assert decision.turn_id == done.receipt.turn_id
    assert decision.then != decision.now


async def test_what_was_understood_is_compared_only_with_the_same_version(
    shop: Workshop, replayer: Replayer
) -> None:
    done = await shop.run(shop.message("咕噜"), conversation())
    shop.ear.taught["咕噜"] = understood("咕噜咕")
    (understanding,) = await replayer.replay(stored(done.receipt))
    assert understanding.what == "understanding"
    older = replace(done.receipt, model_version="model-0")
    assert await replayer.replay(stored(older)) == ()


async def test_a_program_that_asks_for_more_than_was_asked_says_so(
    shop: Workshop, replayer: Replayer
) -> None:
    done = await shop.run(shop.message("咕噜"), conversation())
    other = replace(done.receipt, message=shop.message(BALANCE))
    (asks,) = await replayer.replay(stored(other))
    assert (asks.what, asks.now) == ("asks", "account.list")


async def test_a_turn_that_was_given_up_cannot_be_decided_again(
    shop: Workshop, replayer: Replayer
) -> None:
    gone = shop.give_up(shop.message("x"), conversation())
    with pytest.raises(ValueError, match="does not say"):
        await replayer.replay(stored(gone.receipt))
