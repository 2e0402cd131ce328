"""Whether words that look like freezing a card speak of that at all."""

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.marks import Mark
from servicebot.domain.task import CardFreeze
from servicebot.domain.understanding import TAUGHT, Topic, Understanding


def freezes_unasked(topic: Topic, words: Understanding, content: Content) -> bool:
    """Whether words would begin to freeze a card without a word of stopping one: 先别动.

    Whoever has lost a card need not say so.
    """
    intent = intent_of(topic, content)
    if intent is None or intent.flow is None or intent.role is Role.CARD_LOST:
        return False
    taught = words.best is not None and words.best.probability >= TAUGHT
    freezes = isinstance(FLOWS[intent.flow].begin(), CardFreeze)
    return freezes and not taught and Mark.STOPS_A_CARD not in words.marks
