"""Tickets follow the turns: opened once, ended once, never guessed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Identity, Owner, Task
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    InboundMessage,
    MessageContent,
    Text,
)
from servicebot.domain.task import EarlyRepayment, Sum
from servicebot.domain.tickets import Departure, Priority, Reason, Ticket, TicketState
from servicebot.domain.waiting import Held, Waiting
from servicebot.handover.escalate import Change, Escalator, Settled
from servicebot.handover.priority import priority_of, rank_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
ASKED = Conversation(
    id="web:c",
    channel="web",
    sender="c",
    turns=1,
    identity=Identity(subject="s", display_name="陈*明"),
    task=Task(
        id="t",
        intent="loan.repay_early",
        flow="repay_early",
        state=EarlyRepayment(amount=Sum(fen=50_005)),
        begun_at=NOW,
    ),
)


def message(content: MessageContent, number: int = 1) -> InboundMessage:
    return InboundMessage(
        channel="web",
        message_id=str(number),
        conversation_id="web:c",
        sender="c",
        received_at=NOW,
        content=content,
    )


class Desk:
    """An escalator, and the tickets as a ledger would keep what it made of them."""

    def __init__(self, content: Content) -> None:
        self.tickets: dict[str, Ticket] = {}
        self.escalator = Escalator(content)

    def settle(
        self,
        before: Conversation,
        words: str = "转人工",
        number: int = 1,
        *,
        after: Conversation | None = None,
        **change: Any,
    ) -> Conversation:
        return self._keep(
            self.escalator.settle(
                before, after or before, message(Text(text=words), number), NOW, Change(**change)
            )
        )

    def act(self, before: Conversation, verb: AgentVerb, after: Conversation) -> Conversation:
        act = AgentAct(verb=verb, agent="li", ticket_id=before.ticket_id or "")
        return self._keep(self.escalator.settle(before, after, message(act, 9), LATER))

    def take(self, before: Conversation) -> Conversation:
        held = replace(before, owner=Owner.PERSON, held=Held(agent="li", owes_since=LATER))
        return self.act(before, AgentVerb.TAKE, held)

    def only(self) -> Ticket:
        (ticket,) = self.tickets.values()
        return ticket

    def _keep(self, settled: Settled) -> Conversation:
        self.tickets |= {ticket.id: ticket for ticket in settled.tickets}
        return settled.conversation


@pytest.fixture
def desk(content: Content) -> Desk:
    return Desk(content)


def test_a_ticket_holds_what_the_agent_needs(desk: Desk) -> None:
    desk.settle(ASKED, opened=Reason.FRAUD)
    ticket = desk.only()
    assert ticket.customer == "陈*明"
    assert ticket.subject == "s"
    assert ticket.summary == "转人工"
    assert ticket.task == "提前还款 500.05"
    assert (ticket.priority, ticket.rank) == (Priority.URGENT, 2)


def test_a_ticket_shows_the_question_before_the_wish_for_a_person(desk: Desk) -> None:
    desk.settle(replace(ASKED, last_words="微粒贷利率多少"), opened=Reason.CUSTOMER_ASKED)
    assert desk.only().summary == "微粒贷利率多少 | 转人工"


def test_words_that_are_themselves_the_matter_need_no_question_before(desk: Desk) -> None:
    after = replace(ASKED, last_words="被骗了")
    before = replace(ASKED, last_words="你好")
    desk.settle(before, "被骗了", after=after, opened=Reason.FRAUD)
    assert desk.only().summary == "被骗了"


def test_a_paused_task_is_half_done_too(desk: Desk) -> None:
    paused = replace(ASKED, task=None, paused=(ASKED.task,) if ASKED.task else ())
    desk.settle(paused, opened=Reason.COMPLAINT)
    assert desk.only().task == "提前还款 500.05"


def test_a_repeated_turn_opens_no_second_ticket(desk: Desk) -> None:
    opened = [desk.settle(ASKED, "x", opened=Reason.COMPLAINT) for _ in range(3)]
    assert {after.ticket_id for after in opened} == {desk.only().id}


def test_a_graver_reason_moves_the_ticket_forward_and_a_lesser_one_never_back(
    desk: Desk,
) -> None:
    after = desk.settle(ASKED, opened=Reason.CUSTOMER_ASKED)
    said = replace(after, last_words="不想活了")
    said = desk.settle(after, "不想活了", 2, after=said, raised=Reason.DISTRESS)
    raised = desk.only()
    assert (raised.reason, raised.priority, raised.rank) == (Reason.DISTRESS, Priority.URGENT, 0)
    assert raised.summary == "不想活了"
    desk.settle(said, "投诉", 3, raised=Reason.COMPLAINT)
    desk.settle(said, "被骗了", 4, raised=Reason.FRAUD)
    assert desk.only().reason is Reason.DISTRESS


def test_the_desk_hears_who_the_customer_is_and_what_was_promised(desk: Desk) -> None:
    stranger = replace(ASKED, identity=Identity())
    after = desk.settle(stranger, opened=Reason.CUSTOMER_ASKED)
    known = replace(after, identity=ASKED.identity, waiting=Waiting(promised=True))
    desk.settle(after, "x", 2, after=known)
    ticket = desk.only()
    assert (ticket.customer, ticket.subject, ticket.promised) == ("陈*明", "s", True)
    desk.settle(known, "x", 3, after=replace(known, waiting=Waiting()))
    assert not desk.only().promised


def test_taking_a_ticket_names_the_agent_and_the_instant(desk: Desk) -> None:
    held = desk.take(desk.settle(ASKED, opened=Reason.COMPLAINT))
    ticket = desk.only()
    assert (ticket.state, ticket.agent, ticket.taken_at) == (TicketState.TAKEN, "li", LATER)
    assert held.ticket == ticket


@pytest.mark.parametrize(
    ("verb", "state"),
    [(AgentVerb.HAND_BACK, TicketState.HANDED_BACK), (AgentVerb.CLOSE, TicketState.CLOSED)],
)
def test_an_agents_last_act_ends_her_ticket(
    desk: Desk, verb: AgentVerb, state: TicketState
) -> None:
    held = desk.take(desk.settle(ASKED, opened=Reason.COMPLAINT))
    desk.act(held, verb, replace(held, owner=Owner.BOT, ticket=None, held=None))
    ended = desk.only()
    assert (ended.state, ended.ended_at, ended.agent) == (state, LATER, "li")


def test_who_leaves_the_queue_is_not_called(desk: Desk) -> None:
    after = desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    gone = replace(after, ticket=None)
    assert desk.settle(after, "算了", 2, after=gone, left=Departure.GAVE_UP).ticket is None
    left = desk.only()
    assert (left.state, left.departure) == (TicketState.LEFT, Departure.GAVE_UP)


def test_a_ticket_comes_back_with_its_age(desk: Desk) -> None:
    waits = desk.settle(ASKED, "x", opened=Reason.COMPLAINT)
    opened = desk.only()
    held = desk.take(waits)
    back = replace(held, owner=Owner.QUEUE, held=None)
    desk.settle(held, "人呢", 2, after=back, returned=True)
    assert desk.only() == opened


def test_a_turn_that_changes_nothing_about_the_ticket_writes_none(desk: Desk) -> None:
    waits = desk.settle(ASKED, opened=Reason.COMPLAINT)
    said = desk.escalator.settle(waits, waits, message(Text(text="在吗"), 2), NOW)
    assert (said.tickets, said.conversation) == ((), waits)


def test_danger_comes_first() -> None:
    ranks = [
        (priority_of(reason), rank_of(reason))
        for reason in (Reason.DISTRESS, Reason.THREAT, Reason.FRAUD, Reason.CARD_LOST)
    ]
    assert ranks == sorted(set(ranks))
    assert {priority for priority, _ in ranks} == {Priority.URGENT}
    assert priority_of(Reason.CUSTOMER_ASKED) is Priority.NORMAL
