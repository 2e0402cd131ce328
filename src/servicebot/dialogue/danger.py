"""A rule: whoever may come to harm is answered before anything else."""

from collections.abc import Mapping
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, topics_of
from servicebot.dialogue.continue_task import start
from servicebot.dialogue.decision import Decision, hand_over
from servicebot.dialogue.in_danger import notices, without_page
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.heard import Heard
from servicebot.domain.task import CardFreeze
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Band, Understanding

REASONS: Final[Mapping[Act, Reason]] = {
    Act.DISTRESS: Reason.DISTRESS,
    Act.THREAT: Reason.THREAT,
    Act.SCAMMED: Reason.FRAUD,
}


def danger(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A person at once for despair, a threat and a fraud; a lost card is frozen."""
    if heard.danger is None:
        return None
    reason = REASONS.get(heard.danger)
    if reason is not None:
        says, before = notices(reason, heard, turn.conversation), turn.conversation
        state = without_page(before) if reason is Reason.FRAUD else before
        return hand_over(f"danger:{heard.danger}", state, reason, *says)
    if heard.denied is not None or _is_wanted(turn, heard, content):
        return None
    return _freeze(turn, content)


def _is_wanted(turn: TurnView, heard: Heard, content: Content) -> bool:
    """Whether freezing is surely wanted, alone or among other wishes, which are then seen to in order."""
    if turn.conversation.task is not None or heard.wants_person:
        return False
    lost = next(iter(topics_of(Role.CARD_LOST, content)), None)
    freezes = intent_of(lost, content) if lost is not None else None
    flow = freezes.flow if freezes is not None else None
    if _flow_of(heard.whole, content) == flow:
        return True
    flows = [_flow_of(words, content) for words in heard.parts if words.band is Band.ANSWER]
    return flow in flows and any(one != flow for one in flows)


def _flow_of(words: Understanding, content: Content) -> str | None:
    """The flow that words surely begin; None where they begin none."""
    if words.best is None or words.band is not Band.ANSWER:
        return None
    intent = intent_of(words.best.topic, content)
    return intent.flow if intent is not None else None


def _freeze(turn: TurnView, content: Content) -> Decision | None:
    """Begins to freeze a card, unless that is what is being done."""
    task = turn.conversation.task
    if task is not None and isinstance(task.state, CardFreeze):
        return None
    lost = next(iter(topics_of(Role.CARD_LOST, content)), None)
    intent = intent_of(lost, content) if lost is not None else None
    return start(intent, turn, content) if intent is not None else None
