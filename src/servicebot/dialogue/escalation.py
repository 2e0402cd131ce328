"""Why a conversation goes to a person, and what the customer is told."""

from servicebot.content.content import Content
from servicebot.content.topics import intent_of
from servicebot.dialogue.say import Say
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Topic


def escalates(topic: Topic, content: Content) -> bool:
    """Whether a topic always goes to a person."""
    intent = intent_of(topic, content)
    return intent is not None and intent.escalates is not None


def notice_of(reason: Reason) -> Say:
    """What the customer is told when they are handed over."""
    return Say(reply=f"handover_{reason}")
