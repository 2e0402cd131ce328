"""Thinking goes on until nothing is missing, asks each thing once, and never without end."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from tests.dialogue.stories import account, conversation, due, heard, loan
from tests.turns.workshop import Workshop

from servicebot.dialogue.decide import Moment
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import NeedsBank
from servicebot.domain.bank_calls import ListAccounts, ListLoans, ReadDue, ReadLink, StartLink
from servicebot.domain.bank_results import Accounts, IdentityLink, Loans
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.errors import RejectedError
from servicebot.domain.heard import Heard
from servicebot.turns.think import Thought

PENDING = IdentityLink(link_id="link-1", state="pending", url="https://bank.example/l")


async def think(shop: Workshop, state: Conversation, words: Heard) -> Thought:
    moment = Moment(now=shop.now, today=date(2026, 5, 15))
    return await shop.thinker.think(state, shop.message(words.whole.text), words, moment)


async def test_each_fact_is_asked_for_once_and_kept_in_order(shop: Workshop) -> None:
    shop.bank.answers = {ListLoans: Loans(items=(loan(1), loan(2))), ReadDue: due()}
    thought = await think(shop, conversation(), heard("还多少", "loan.due"))
    assert [call.name for call, _ in thought.facts] == ["loan.list", "loan.due", "loan.due"]
    assert [name for name, _ in shop.bank.sent] == ["loan.list", "loan.due", "loan.due"]


async def test_calls_are_made_on_behalf_of_the_known_customer(shop: Workshop) -> None:
    shop.bank.answers = {ListAccounts: Accounts(items=(account(1),))}
    await think(shop, conversation(), heard("查余额", "account.balance"))
    assert shop.bank.sent == [("account.list", "subject-1")]


async def test_after_the_link_the_rest_of_the_turn_is_asked_for_the_new_customer(
    shop: Workshop,
) -> None:
    shop.bank.answers = {
        StartLink: PENDING,
        ReadLink: replace(PENDING, state="bound", subject="subject-9", display_name="陈"),
        ListAccounts: Accounts(items=(account(1),)),
    }
    offered = await think(shop, conversation(identity=Identity()), heard("查", "account.balance"))
    await think(shop, offered.decision.conversation, heard("好了", "talk.greet"))
    assert shop.bank.sent[-1] == ("account.list", "subject-9")


async def test_words_that_need_no_bank_ask_nothing(shop: Workshop) -> None:
    thought = await think(shop, conversation(), heard("你好", "talk.greet"))
    assert thought.facts == ()
    assert shop.bank.sent == []


async def test_a_customer_with_very_many_loans_is_asked_about_them_side_by_side(
    shop: Workshop,
) -> None:
    many = Loans(items=tuple(replace(loan(1), loan_id=f"l-{n}") for n in range(60)))
    shop.bank.answers = {ListLoans: many, ReadDue: due()}
    thought = await think(shop, conversation(), heard("还多少", "loan.due"))
    asked = [call for call, _ in thought.facts]
    assert asked[0] == ListLoans()
    assert set(asked[1:]) == {ReadDue(loan_id=f"l-{n}") for n in range(60)}


async def test_a_flow_that_asks_without_end_is_a_fault(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (ReadDue(loan_id=str(n)) for n in count())

    def greedy(*_: object) -> Decision:
        raise NeedsBank((next(asked),), "subject-1")

    monkeypatch.setattr("servicebot.turns.think.decide", greedy)
    with pytest.raises(RejectedError, match="more than"):
        await think(shop, conversation(), heard("还多少", "loan.due"))
