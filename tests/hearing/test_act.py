"""What a message may do depends on who answers and on what was asked."""

from dataclasses import replace

from servicebot.domain.acts import AT_A_QUESTION, Act
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.waiting import Waiting
from servicebot.hearing.act import acts_allowed


def test_in_the_queue_only_what_the_bot_asked_there_can_be_answered() -> None:
    before = Conversation(
        id="web:c", channel="web", sender="c", owner=Owner.QUEUE, waiting=Waiting()
    )
    asked = replace(before, waiting=Waiting(asked=True))
    assert acts_allowed(before) == {Act.LEAVE, Act.HOW_LONG}
    assert acts_allowed(asked) == {Act.LEAVE, Act.HOW_LONG} | AT_A_QUESTION
