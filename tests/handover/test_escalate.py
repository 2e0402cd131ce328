"""Tickets follow the turns: opened once, ended once, never guessed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.tickets import SqlTickets
from servicebot.adapters.system_clock import SystemClock
from servicebot.content.content import Content
from servicebot.domain.conversation import Conversation, Identity, Task
from servicebot.domain.messages import AgentAct, AgentVerb, InboundMessage, MessageContent, Text
from servicebot.domain.task import EarlyRepayment, Sum
from servicebot.domain.tickets import Priority, Reason, TicketState
from servicebot.handover.escalate import Escalator
from servicebot.handover.priority import priority_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ASKED = Conversation(
    id="web:c",
    channel="web",
    sender="c",
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


@pytest.fixture
async def tickets(tmp_path: Path) -> AsyncIterator[SqlTickets]:
    sql = SqlEngine(f"sqlite:///{tmp_path / 'r.db'}")
    yield SqlTickets(sql, SystemClock())
    sql.close()


async def test_a_ticket_holds_what_the_agent_needs(tickets: SqlTickets, content: Content) -> None:
    escalator = Escalator(tickets, content)
    said = message(Text(text="转人工"))
    await escalator.settle(ASKED, said, NOW, reason=Reason.FRAUD, left=False)
    (ticket,) = await tickets.waiting()
    assert ticket.customer == "陈*明"
    assert ticket.summary == "转人工"
    assert ticket.task == "提前还款 500.05"
    assert ticket.priority is Priority.URGENT


async def test_a_repeated_turn_opens_no_second_ticket(
    tickets: SqlTickets, content: Content
) -> None:
    escalator = Escalator(tickets, content)
    opened = [
        await escalator.settle(
            ASKED, message(Text(text="x")), NOW, reason=Reason.COMPLAINT, left=False
        )
        for _ in range(3)
    ]
    waiting = await tickets.waiting()
    assert {after.ticket_id for after in opened} == {ticket.id for ticket in waiting}
    assert len(waiting) == 1


@pytest.mark.parametrize(
    ("verb", "state"),
    [(AgentVerb.HAND_BACK, TicketState.HANDED_BACK), (AgentVerb.CLOSE, TicketState.CLOSED)],
)
async def test_an_agents_last_act_ends_the_ticket(
    tickets: SqlTickets, content: Content, verb: AgentVerb, state: TicketState
) -> None:
    escalator = Escalator(tickets, content)
    after = await escalator.settle(
        ASKED, message(Text(text="x")), NOW, reason=Reason.COMPLAINT, left=False
    )
    assert after.ticket_id is not None
    act = AgentAct(verb=verb, agent="li", ticket_id=after.ticket_id)
    await escalator.settle(
        replace(after, ticket_id=None), message(act, 2), NOW, reason=None, left=False
    )
    found = await tickets.find(after.ticket_id)
    assert found is not None
    assert found.state is state


async def test_who_leaves_the_queue_is_not_called(tickets: SqlTickets, content: Content) -> None:
    escalator = Escalator(tickets, content)
    said = message(Text(text="x"))
    after = await escalator.settle(ASKED, said, NOW, reason=Reason.COMPLAINT, left=False)
    await escalator.settle(after, message(Text(text="算了"), 2), NOW, reason=None, left=True)
    assert await tickets.waiting() == ()


def test_danger_comes_first() -> None:
    assert priority_of(Reason.DISTRESS) is Priority.URGENT
    assert priority_of(Reason.CUSTOMER_ASKED) is Priority.NORMAL
