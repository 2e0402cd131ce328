"""A message that cannot be handled ends with an apology and a person, and loses nothing else."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import conversation
from tests.turns.workshop import Workshop

from servicebot.domain.conversation import Owner
from servicebot.domain.task import EarlyRepayment, Task
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language
from servicebot.handover.desk_reader import NEVER


async def test_the_customer_hears_of_it_and_a_person_comes(shop: Workshop) -> None:
    result = shop.give_up(shop.message("咕噜"), conversation(turns=7))
    assert [reply.name for reply in result.replies] == ["handover_fault"]
    assert result.conversation.owner is Owner.QUEUE
    assert result.conversation.turns == 8
    assert result.receipt.decision == "gave_up"
    assert [ticket.reason for ticket in result.tickets] == [Reason.FAULT]


async def test_a_first_message_may_fail_too(shop: Workshop) -> None:
    result = shop.give_up(shop.message("咕噜"), None)
    assert result.conversation.turns == 1
    assert result.conversation.owner is Owner.QUEUE


async def test_it_speaks_the_customers_language(shop: Workshop) -> None:
    english = conversation(language=Language.EN)
    result = shop.give_up(shop.message("x"), english)
    assert result.replies[0].text.isascii()


async def test_what_was_half_done_is_kept_for_the_person(shop: Workshop) -> None:
    task = Task(
        id="t", intent="loan.repay_early", flow="repay_early", state=EarlyRepayment(),
        begun_at=shop.now,
    )  # fmt: skip
    result = shop.give_up(shop.message("x"), conversation(task=task))
    assert result.conversation.task == task


async def test_trying_again_opens_the_same_ticket(shop: Workshop) -> None:
    tries = [shop.give_up(shop.message("x"), conversation()) for _ in range(3)]
    assert len({result.tickets for result in tries}) == 1


async def test_who_waits_already_keeps_the_ticket_and_its_place(shop: Workshop) -> None:
    first = shop.give_up(shop.message("x"), conversation())
    again = shop.give_up(shop.message("y", 2), first.conversation)
    assert again.conversation.ticket_id == first.conversation.ticket_id
    assert {ticket.id for ticket in again.tickets} <= {first.conversation.ticket_id}


async def test_nothing_takes_a_conversation_away_from_a_person(shop: Workshop) -> None:
    first = shop.give_up(shop.message("x"), conversation())
    held = replace(first.conversation, owner=Owner.PERSON)
    again = shop.give_up(shop.message("y", 2), held)
    assert again.conversation.owner is Owner.PERSON
    assert again.conversation.ticket_id == first.conversation.ticket_id
    assert again.replies == ()


async def test_at_night_it_does_not_ask_to_wait(shop: Workshop) -> None:
    shop.board.hours = NEVER
    result = shop.give_up(shop.message("x"), conversation())
    assert [reply.name for reply in result.replies] == ["handover_closed"]


@pytest.mark.parametrize(("channel", "pushed"), [("pushed", True), ("web", False)])
async def test_the_apology_is_pushed_where_the_channel_needs_it(
    shop: Workshop, channel: str, *, pushed: bool
) -> None:
    result = shop.give_up(shop.message("x", channel=channel), conversation())
    assert result.push_at == (shop.now if pushed else None)
