"""Lets go of who the customer is, some time after they proved it: another may hold the phone now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.messages import InboundMessage, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes:
    """How long a customer stays known in a conversation.

    Attributes:
        idle: After their last words.
        hard: After they proved who they are, whatever they say meanwhile.
    """

    idle: timedelta
    hard: timedelta


UNBOUNDED: Final = Lifetimes(idle=timedelta.max, hard=timedelta.max)
"""For turns that are decided again: what had lapsed then stands in their state."""


def lapse(
    before: Conversation, message: InboundMessage, now: datetime, lifetimes: Lifetimes
) -> Conversation:
    """The state in which the turn begins; what the customer says keeps them known, nothing else.

    Money needs the bank's page each time, whoever is known here.
    """
    identity = before.identity
    if not identity.known or not isinstance(message.content, Text):
        return before
    bound_at, seen_at = identity.bound_at or now, identity.seen_at or now
    if now - seen_at >= lifetimes.idle or now - bound_at >= lifetimes.hard:
        return replace(before, identity=Identity(lapsed=True), own_lines=None)
    return replace(before, identity=replace(identity, bound_at=bound_at, seen_at=now))
