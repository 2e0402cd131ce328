"""One turn from a message to what is said: the state moves on, and running it again is harmless."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import (
    account,
    conversation,
    due,
    loan,
    money,
    quote,
    ticket,
    understood,
)
from tests.turns.workshop import Workshop

from servicebot.domain.bank_calls import ListAccounts, ListLoans, QuoteRepayment, ReadDue
from servicebot.domain.bank_results import Accounts, Loans
from servicebot.domain.conversation import Owner
from servicebot.domain.messages import Arrival, MessageContent, Unreadable
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language
from servicebot.handover.desk_reader import NEVER

BALANCE = "查余额"
REPAY = "提前还500元"


def taught(shop: Workshop) -> Workshop:
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
    return shop


async def test_the_receipt_holds_what_the_turn_was_decided_by(shop: Workshop) -> None:
    state = conversation(turns=4)
    result = await taught(shop).run(shop.message(BALANCE), state)
    receipt = result.receipt
    assert receipt.turn_id == "web:c1#5"
    assert receipt.model_version == "model-1"
    assert [call.name for call in receipt.calls] == ["account.list"]
    assert receipt.replies == result.replies
    assert [call.answer for call in receipt.calls] == [Accounts(items=(account(1_000_000),))]
    assert receipt.basis is not None
    known = replace(state.identity, bound_at=shop.now, seen_at=shop.now)
    assert receipt.basis.before == replace(state, identity=known)
    assert result.conversation.turns == 5


async def test_a_first_message_makes_the_conversation(shop: Workshop) -> None:
    result = await shop.run(shop.message("咕噜咕噜"), None)
    assert result.conversation.id == "web:c1"
    assert result.conversation.turns == 1
    assert result.replies


async def test_who_only_arrives_is_greeted_in_the_pages_language(shop: Workshop) -> None:
    result = await shop.run(shop.message(Arrival(language=Language.EN)), None)
    assert [reply.name for reply in result.replies] == ["welcome"]
    assert result.conversation.language is Language.EN


async def test_the_same_turn_again_says_the_same_and_opens_one_ticket(shop: Workshop) -> None:
    message = shop.message("转人工")
    first = await shop.run(message, None)
    again = await shop.run(message, None)
    assert [reply.text for reply in first.replies] == [reply.text for reply in again.replies]
    assert [one.reason for one in first.tickets] == [Reason.CUSTOMER_ASKED]
    assert first.tickets == again.tickets == (first.conversation.ticket,)


async def test_at_night_the_wish_for_a_person_gets_no_please_wait(shop: Workshop) -> None:
    shop.board.hours = NEVER
    result = await shop.run(shop.message("转人工"), None)
    assert [reply.name for reply in result.replies] == ["handover_closed"]
    assert result.conversation.owner is Owner.QUEUE


async def test_terms_count_as_asked_when_they_are_said_not_when_the_turn_began(
    shop: Workshop,
) -> None:
    taught(shop).bank.takes_s = 2.0
    began = shop.now
    shown = await shop.run(shop.message(REPAY), conversation())
    task = shown.conversation.task
    assert task is not None
    assert task.asked is not None
    assert task.asked.at == shop.now > began


async def test_a_yes_that_was_sent_while_the_bank_still_quoted_is_no_consent(
    shop: Workshop,
) -> None:
    taught(shop).bank.takes_s = 2.0
    early = shop.message("确认", 2)
    shown = await shop.run(shop.message(REPAY), conversation())
    after = await shop.run(early, shown.conversation)
    assert [reply.name for reply in after.replies] == ["confirm_repay"]
    assert "identity.step_up" not in {name for name, _ in shop.bank.sent}


async def test_what_was_said_last_outlives_a_silent_turn(shop: Workshop) -> None:
    told = await taught(shop).run(shop.message(BALANCE), conversation())
    held = replace(told.conversation, owner=Owner.PERSON, ticket=ticket("t"))
    silent = await shop.run(shop.message("在吗", 2), held)
    assert silent.replies == ()
    assert silent.conversation.last_said == told.replies


async def test_a_bank_that_does_not_answer_is_told_and_ends_the_turn(shop: Workshop) -> None:
    taught(shop).bank.answers = {}
    result = await shop.run(shop.message(BALANCE), conversation())
    assert [reply.name for reply in result.replies] == ["bank_unavailable"]
    assert result.conversation.task is None


@pytest.mark.parametrize(
    ("channel", "came_in", "waits_s"),
    [
        ("web", BALANCE, None),
        ("pushed", BALANCE, 0.0),
        ("wechat", BALANCE, 3.0),
        ("wechat", Unreadable(what="image"), 3.0),
    ],
)
async def test_replies_are_pushed_after_the_hold_of_their_channel(
    shop: Workshop, channel: str, came_in: MessageContent | str, waits_s: float | None
) -> None:
    result = await taught(shop).run(shop.message(came_in, channel=channel), conversation())
    due_at = None if waits_s is None else shop.now + timedelta(seconds=waits_s)
    assert result.push_at == due_at
