"""Whether a topic begins an early repayment."""

from servicebot.content.content import Content
from servicebot.content.topics import intent_of
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.task import EarlyRepayment
from servicebot.domain.understanding import Topic


def repays(topic: Topic, content: Content) -> bool:
    """Whether its flow is the early repayment."""
    intent = intent_of(topic, content)
    flow = FLOWS.get(intent.flow or "") if intent is not None else None
    return flow is not None and isinstance(flow.begin(), EarlyRepayment)
