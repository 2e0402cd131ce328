"""What the customer was about before a person was wanted, for whoever takes over."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import plays
from servicebot.dialogue.decision import Decision
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.understanding import Band

_MOST_CHARACTERS: Final = 120


def remember_words(
    decision: Decision, message: InboundMessage, heard: Heard | None, content: Content
) -> Decision:
    """The decision, with the words of the message kept unless they only wish for a person."""
    if heard is None or not isinstance(message.content, Text) or wishes_person(heard, content):
        return decision
    words = message.content.text[:_MOST_CHARACTERS]
    if not words:
        return decision
    return replace(decision, conversation=replace(decision.conversation, last_words=words))


def wishes_person(heard: Heard, content: Content) -> bool:
    """Whether the words surely wish for a person."""
    best = heard.whole.best
    sure = best is not None and heard.whole.band is Band.ANSWER
    return heard.wants_person or (
        sure and best is not None and plays(best.topic, Role.PERSON, content)
    )
