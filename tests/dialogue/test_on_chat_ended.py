"""The customer ends the chat on their device."""

import pytest
from tests.dialogue.stories import FakeBank, conversation, names, ticket

from servicebot.content.content import Content
from servicebot.domain.bank_calls import Unlink
from servicebot.domain.bank_results import BankResult, Done, Refused, Unreachable
from servicebot.domain.conversation import Identity, Owner
from servicebot.domain.messages import ChatEnded
from servicebot.domain.tickets import Departure
from servicebot.domain.waiting import Held, Waiting


@pytest.mark.parametrize("answer", [Done(), Unreachable(), Refused(code="subject_revoked")])
def test_nobody_is_known_in_it_any_more_whatever_the_bank_says(
    content: Content, answer: BankResult
) -> None:
    decision = FakeBank({Unlink: answer}).decide(conversation(), content, None, ChatEnded())
    assert names(decision) == ["chat_ended"]
    after = decision.conversation
    assert (after.ended, after.identity, after.task) == (True, Identity(), None)


def test_the_bank_is_not_asked_about_a_stranger_and_a_second_time_is_silent(
    content: Content,
) -> None:
    first = FakeBank({}).decide(conversation(identity=Identity()), content, None, ChatEnded())
    assert names(first) == ["chat_ended"]
    assert names(FakeBank({}).decide(first.conversation, content, None, ChatEnded())) == []


def test_who_waits_for_a_person_leaves_the_queue(content: Content) -> None:
    waiting = conversation(
        identity=Identity(), owner=Owner.QUEUE, ticket=ticket("t1"), waiting=Waiting()
    )
    decision = FakeBank({}).decide(waiting, content, None, ChatEnded())
    assert decision.left is Departure.GAVE_UP
    assert (decision.conversation.owner, decision.conversation.ticket) == (Owner.BOT, None)


def test_a_person_who_holds_it_reads_that_the_customer_has_gone(content: Content) -> None:
    held = conversation(
        identity=Identity(),
        owner=Owner.PERSON,
        ticket=ticket("t1"),
        held=Held(agent="li", owes_since=None),
    )
    decision = FakeBank({}).decide(held, content, None, ChatEnded())
    assert names(decision) == ["chat_ended"]
    assert decision.conversation.owner is Owner.PERSON
