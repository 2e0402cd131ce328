"""What every ledger promises about tickets: they stand as the turns left them."""

from dataclasses import replace
from datetime import timedelta

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import AT, inbound, result

from servicebot.domain.tickets import Departure, Priority, Reason, Ticket, TicketState
from servicebot.domain.understanding import Language
from servicebot.ports.mailbox import Claim, TurnResult


def ticket(name: str, *, priority: Priority = Priority.NORMAL, after_s: float = 0.0) -> Ticket:
    return Ticket(
        id=name,
        conversation_id=f"wechat:{name}",
        channel="wechat",
        sender=name,
        customer="*小明",
        language=Language.ZH,
        reason=Reason.CUSTOMER_ASKED,
        priority=priority,
        summary="转人工 🙂",
        task=None,
        opened_at=AT + timedelta(seconds=after_s),
    )


def taken(made: Ticket, agent: str = "小王", after_s: float = 60.0) -> Ticket:
    at = AT + timedelta(seconds=after_s)
    return replace(made, state=TicketState.TAKEN, agent=agent, taken_at=at)


async def leave(stores: LedgerUnderTest, *tickets: Ticket) -> None:
    """Commits a turn of each ticket's conversation that leaves the ticket so."""
    for one in tickets:
        number = (await _turns(stores, one)) + 1
        message = inbound(f"{one.id}-{number}", conversation=one.sender)
        await stores.mailbox.accept(message)
        claim = await stores.mailbox.claim(10)
        assert claim is not None
        await stores.mailbox.commit(claim, replace(_done(claim), tickets=(one,)))


def _done(claim: Claim) -> TurnResult:
    return result(claim.message, claim.state, push_at=None)


async def _turns(stores: LedgerUnderTest, one: Ticket) -> int:
    state = await stores.timeline.conversation(one.conversation_id)
    return state.turns if state is not None else 0


async def test_a_ticket_comes_back_as_the_turn_left_it(stores: LedgerUnderTest) -> None:
    await leave(stores, ticket("t1"))
    assert await stores.tickets.find("t1") == ticket("t1")
    assert await stores.tickets.waiting() == (ticket("t1"),)
    assert await stores.tickets.find("t2") is None


async def test_a_turn_that_was_not_committed_leaves_no_ticket(stores: LedgerUnderTest) -> None:
    await stores.mailbox.accept(inbound("m1"))
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    await stores.mailbox.fail(claim, 0)
    assert await stores.tickets.waiting() == ()


async def test_the_most_urgent_is_next_and_among_equals_the_oldest(stores: LedgerUnderTest) -> None:
    await leave(
        stores,
        ticket("normal-old", after_s=1),
        ticket("normal-new", after_s=5),
        ticket("high", priority=Priority.HIGH, after_s=3),
        ticket("urgent-new", priority=Priority.URGENT, after_s=4),
        ticket("urgent-old", priority=Priority.URGENT, after_s=2),
    )
    wanted = ["urgent-old", "urgent-new", "high", "normal-old", "normal-new"]
    assert [one.id for one in await stores.tickets.waiting()] == wanted


async def test_within_a_priority_the_rank_stands_before_the_age(stores: LedgerUnderTest) -> None:
    for after_s, (name, rank) in enumerate([("fraud", 2), ("threat", 1), ("distress", 0)]):
        urgent = ticket(name, priority=Priority.URGENT, after_s=after_s)
        await leave(stores, replace(urgent, rank=rank))
    assert [one.id for one in await stores.tickets.waiting()] == ["distress", "threat", "fraud"]


async def test_a_ticket_that_became_graver_moves_forward(stores: LedgerUnderTest) -> None:
    await leave(stores, ticket("old"), ticket("new", after_s=5))
    graver = replace(ticket("new", after_s=5), priority=Priority.URGENT, reason=Reason.DISTRESS)
    await leave(stores, graver)
    assert await stores.tickets.waiting() == (graver, ticket("old"))


async def test_what_is_held_waits_no_more_and_comes_oldest_first(stores: LedgerUnderTest) -> None:
    first, second = taken(ticket("t2"), after_s=10), taken(ticket("t1"), after_s=20)
    await leave(stores, ticket("t1"), ticket("t2"), ticket("t3"), second, first)
    assert await stores.tickets.held() == (first, second)
    assert await stores.tickets.waiting() == (ticket("t3"),)


async def test_a_ticket_that_came_back_waits_with_its_age(stores: LedgerUnderTest) -> None:
    await leave(stores, ticket("t1"), ticket("t2", after_s=5), taken(ticket("t1")), ticket("t1"))
    assert await stores.tickets.waiting() == (ticket("t1"), ticket("t2", after_s=5))
    assert await stores.tickets.held() == ()


async def test_an_ended_ticket_neither_waits_nor_is_held(stores: LedgerUnderTest) -> None:
    ended = replace(taken(ticket("t1")), state=TicketState.CLOSED, ended_at=AT)
    await leave(stores, ticket("t1"), taken(ticket("t1")), ended)
    assert await stores.tickets.find("t1") == ended
    assert await stores.tickets.waiting() == await stores.tickets.held() == ()


async def test_who_left_is_shown_for_a_while_newest_first(stores: LedgerUnderTest) -> None:
    def left(name: str, after_s: float) -> Ticket:
        at = AT + timedelta(seconds=after_s)
        why = Departure.GAVE_UP
        return replace(ticket(name), state=TicketState.LEFT, ended_at=at, departure=why)

    closed = replace(taken(ticket("t3")), state=TicketState.CLOSED, ended_at=AT)
    await leave(stores, left("t1", 10), left("t2", 20), closed)
    assert [one.id for one in await stores.tickets.left_since(AT)] == ["t2", "t1"]
    later = AT + timedelta(seconds=15)
    assert [one.id for one in await stores.tickets.left_since(later)] == ["t2"]


async def test_what_was_taken_lately_is_found_even_when_it_is_ended(
    stores: LedgerUnderTest,
) -> None:
    early, late = taken(ticket("t0"), after_s=10), taken(ticket("t1"), after_s=70)
    ended = replace(late, state=TicketState.CLOSED, ended_at=AT + timedelta(seconds=90))
    await leave(stores, early, late, ended, ticket("t2"))
    since = AT + timedelta(seconds=60)
    assert await stores.tickets.taken_since(since) == (ended,)
    assert await stores.tickets.taken_since(AT) == (early, ended)


async def test_a_customers_waiting_tickets_are_found_by_sender_and_by_subject(
    stores: LedgerUnderTest,
) -> None:
    known = replace(ticket("t1"), subject="s-1")
    await leave(stores, known, ticket("t2"), taken(replace(ticket("t3"), subject="s-1")))
    assert await stores.tickets.waiting_of("wechat", "t1", None) == (known,)
    assert await stores.tickets.waiting_of("wechat", "t1", "s-1") == (known,)
    assert await stores.tickets.waiting_of("web", "t1", "s-1") == (known,)
    assert await stores.tickets.waiting_of("web", "t1", None) == ()
    assert await stores.tickets.waiting_of("wechat", "t3", "s-9") == ()


async def test_what_is_older_than_three_months_is_dropped_and_nothing_that_waits(
    stores: LedgerUnderTest,
) -> None:
    ended = replace(taken(ticket("t1")), state=TicketState.CLOSED, ended_at=AT)
    await leave(stores, ended, ticket("t2"), taken(ticket("t3")))
    stores.clock.advance(91 * 86_400)
    await stores.ledger.prune()
    assert await stores.tickets.waiting() == (ticket("t2"),)
    assert await stores.tickets.held() == (taken(ticket("t3")),)
    assert ended not in await stores.tickets.taken_since(AT)
