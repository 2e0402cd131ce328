"""While a person holds the conversation, and when she is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import NOW, FakeBank, conversation, heard, names, ticket

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ListAccounts, ReadRepayment
from servicebot.domain.bank_results import Unreachable
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import OPEN, AgentNow, DeskNow, QueueState, ReadAgent, ReadQueue
from servicebot.domain.heard import Heard
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    BankEvent,
    BankNews,
    DeskEvent,
    DeskNews,
    MessageContent,
)
from servicebot.domain.task import Lookup, Task
from servicebot.domain.tickets import Departure, Reason
from servicebot.domain.waiting import Held, Waiting

HERE = AgentNow(is_here=True)
GONE = AgentNow(is_here=False)
SHUT = DeskNow(is_open=False, opens_at=NOW + timedelta(hours=12))
ASKS = replace(heard("转人工"), wants_person=True)


def held(**changes: object) -> Conversation:
    fields = {
        "owner": Owner.PERSON,
        "ticket": ticket("t1"),
        "held": Held(agent="li", owes_since=None),
        **changes,
    }
    return conversation(**fields)


def decided(
    content: Content,
    state: Conversation,
    words: Heard | None = None,
    event: MessageContent | None = None,
    agent: AgentNow = HERE,
    desk: DeskNow = OPEN,
) -> Decision:
    place = QueueState(place=2, wait=None)
    bank = FakeBank({ReadRepayment: Unreachable()}, {ReadAgent: agent, ReadQueue: place})
    return bank.decide(state, content, words, event, desk=desk)


def act(verb: AgentVerb, agent: str = "li") -> AgentAct:
    return AgentAct(verb=verb, agent=agent, ticket_id="t1", text="您好")


def test_the_bot_is_silent_and_remembers_since_when_the_customer_waits(content: Content) -> None:
    first = decided(content, held(), heard("在吗"))
    assert names(first) == []
    assert first.conversation.held == Held(agent="li", owes_since=NOW)
    again = FakeBank({}).decide(
        first.conversation, content, heard("人呢"), now=NOW + timedelta(minutes=5)
    )
    assert again.conversation.held == Held(agent="li", owes_since=NOW)


@pytest.mark.parametrize(
    ("danger", "reason"), [(Act.DISTRESS, Reason.DISTRESS), (Act.CARD_LOST, Reason.CARD_LOST)]
)
def test_danger_marks_the_ticket_and_the_bot_stays_silent(
    content: Content, danger: Act, reason: Reason
) -> None:
    decision = decided(content, held(), replace(heard("……"), danger=danger))
    assert (names(decision), decision.raised) == ([], reason)
    assert decision.conversation.owner is Owner.PERSON


def test_a_person_asked_for_again_is_there_already(content: Content) -> None:
    assert names(decided(content, held(), ASKS)) == []


def test_who_is_left_alone_and_asks_for_a_person_or_is_in_danger_waits_again(
    content: Content,
) -> None:
    asks = decided(content, held(), ASKS, agent=GONE)
    assert names(asks) == ["agent_gone"]
    danger = replace(heard("……"), danger=Act.SCAMMED)
    lost = decided(content, held(), danger, agent=GONE)
    assert names(lost) == ["agent_gone", "handover_fraud"]
    assert lost.raised is Reason.FRAUD
    for decision in (asks, lost):
        after = decision.conversation
        assert decision.returned
        assert (after.owner, after.ticket_id, after.held) == (Owner.QUEUE, "t1", None)
        assert after.waiting == Waiting(about=decision.raised)


def test_an_agent_who_leaves_in_the_evening_leaves_no_please_wait_behind(content: Content) -> None:
    gone = DeskEvent(news=DeskNews.AGENT_GONE, ticket_id="t1")
    decision = decided(content, held(), event=gone, desk=SHUT)
    assert names(decision) == ["agent_gone_closed"]
    assert decision.returned


def test_news_of_a_silent_agent_counts_only_while_she_still_is(content: Content) -> None:
    silent = DeskEvent(news=DeskNews.AGENT_GONE, ticket_id="t1", owed_since=NOW)
    owes = held(held=Held(agent="li", owes_since=NOW))
    assert decided(content, owes, event=silent).returned
    assert not decided(content, held(), event=silent).returned
    other = replace(silent, ticket_id="t2")
    assert not decided(content, owes, event=other).returned


def test_whoever_acts_first_decides_and_the_other_comes_too_late(content: Content) -> None:
    waits = held(owner=Owner.QUEUE, held=None, waiting=Waiting())
    first = decided(content, waits, event=act(AgentVerb.TAKE, "li"))
    assert names(first) == ["agent_joined"]
    assert first.conversation.held == Held(agent="li", owes_since=NOW)
    second = decided(content, first.conversation, event=act(AgentVerb.TAKE, "wang"))
    assert (names(second), second.rule) == ([], "agent:late")
    assert second.conversation.held == Held(agent="li", owes_since=NOW)


@pytest.mark.parametrize("verb", list(AgentVerb))
def test_acts_for_a_ticket_that_is_not_hers_change_nothing(
    content: Content, verb: AgentVerb
) -> None:
    others = held(held=Held(agent="wang", owes_since=None))
    another_ticket = held(ticket=ticket("t2"))
    left = conversation()
    not_hers = (others,) if verb is not AgentVerb.ASSIGN else ()  # just that one may be given
    for state in (*not_hers, another_ticket, left):
        decision = decided(content, state, event=act(verb))
        assert (names(decision), decision.rule) == ([], "agent:late")
        assert decision.conversation == state


def test_a_supervisor_gives_what_waits_or_what_another_holds_to_an_agent(content: Content) -> None:
    waits = held(owner=Owner.QUEUE, held=None, waiting=Waiting())
    for state in (waits, held(held=Held(agent="wang", owes_since=None))):
        decision = decided(content, state, event=act(AgentVerb.ASSIGN))
        assert (names(decision), decision.rule) == (["agent_joined"], "agent:assign")
        assert decision.conversation.held == Held(agent="li", owes_since=NOW)
        again = decided(content, decision.conversation, event=act(AgentVerb.ASSIGN))
        assert (names(again), again.rule) == ([], "agent:late")


@pytest.mark.parametrize("verb", [AgentVerb.SAY, AgentVerb.HAND_BACK, AgentVerb.CLOSE])
def test_nobody_speaks_for_a_customer_whom_nobody_took(content: Content, verb: AgentVerb) -> None:
    waits = held(owner=Owner.QUEUE, held=None, waiting=Waiting())
    decision = decided(content, waits, event=act(verb))
    assert (names(decision), decision.rule) == ([], "agent:late")


def test_speaking_ends_the_wait_for_her_words(content: Content) -> None:
    owes = held(held=Held(agent="li", owes_since=NOW))
    decision = decided(content, owes, event=act(AgentVerb.SAY))
    assert decision.conversation.held == Held(agent="li", owes_since=None)


def test_the_banks_news_takes_no_conversation_away_from_a_person(content: Content) -> None:
    news = BankEvent(news=BankNews.MONEY_SETTLED, reference_id="key-1")
    state = held(unsettled={"loan-1": "key-1"})
    decision = decided(content, state, event=news)
    assert (decision.escalate, decision.raised) == (None, Reason.FAULT)
    assert names(decision) == []
    assert (decision.conversation.owner, decision.conversation.ticket_id) == (Owner.PERSON, "t1")


def test_the_promise_is_kept_once_and_not_after_it_was_taken_back(content: Content) -> None:
    opened = DeskEvent(news=DeskNews.OPENED, ticket_id="t1")
    waits = conversation(owner=Owner.QUEUE, ticket=ticket("t1"), waiting=Waiting(promised=True))
    kept = decided(content, waits, event=opened)
    assert names(kept) == ["desk_opened"]
    assert names(decided(content, kept.conversation, event=opened)) == []
    assert names(decided(content, conversation(), event=opened)) == []


def test_a_new_chat_ends_the_wait_in_the_old_one(content: Content) -> None:
    moved = DeskEvent(news=DeskNews.SUPERSEDED, ticket_id="t1")
    waits = conversation(owner=Owner.QUEUE, ticket=ticket("t1"), waiting=Waiting())
    decision = decided(content, waits, event=moved)
    assert names(decision) == ["moved_to_new_chat"]
    assert decision.left is Departure.SUPERSEDED
    assert decision.conversation.owner is Owner.BOT
    assert decided(content, held(), event=moved).left is None


def test_she_hands_back_whatever_the_bank_says_of_the_task(content: Content) -> None:
    lookup = Task(id="t", intent="account.balance", flow="balance", state=Lookup(), begun_at=NOW)
    bank = FakeBank({ListAccounts: Unreachable()})
    back = bank.decide(held(task=lookup), content, None, act(AgentVerb.HAND_BACK))
    assert back.conversation.owner is Owner.BOT
    assert names(back)[0] == "agent_handed_back"
