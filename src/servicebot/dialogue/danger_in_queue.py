"""A rule: danger while the customer waits is answered at once and moves the ticket forward."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, topics_of
from servicebot.dialogue.answer_in_queue import as_bot, still_waiting
from servicebot.dialogue.continue_task import start
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.facts import BankRefused, BankSilent
from servicebot.dialogue.in_danger import REASONS, notices, without_page
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.heard import Heard
from servicebot.domain.task import CardFreeze
from servicebot.domain.tickets import Reason


def danger_in_queue(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """The words of the handover with their numbers; a lost card is frozen while they wait."""
    danger = Act.SCAMMED if heard.act is Act.SCAMMED else heard.danger
    if danger is None:
        return None
    reason = REASONS[danger]
    rule = f"queue:danger:{danger}"
    if reason is not Reason.CARD_LOST:
        says, before = notices(reason, heard, turn.conversation), turn.conversation
        state = without_page(before) if reason is Reason.FRAUD else before
        return Decision(rule=rule, conversation=state, says=says, raised=reason)
    task = turn.conversation.task
    if heard.denied is not None or (task is not None and isinstance(task.state, CardFreeze)):
        return None
    return replace(freeze_in_queue(turn, content, notice_of(reason)), rule=rule, raised=reason)


def freeze_in_queue(turn: TurnView, content: Content, *before: Say) -> Decision:
    """Begins to freeze the card; a bank that does not answer keeps nobody from a person."""
    lost = next(iter(topics_of(Role.CARD_LOST, content)), None)
    intent = intent_of(lost, content) if lost is not None else None
    rule = "queue:freeze"
    alone = Decision(rule=rule, conversation=turn.conversation, says=before)
    if intent is None:
        return alone
    try:
        begun = start(intent, as_bot(turn), content)
    except (BankSilent, BankRefused):
        return replace(alone, says=(*before, Say(reply="bank_unavailable")))
    return still_waiting(replace(begun, rule=rule, says=(*before, *begun.says)), turn)
