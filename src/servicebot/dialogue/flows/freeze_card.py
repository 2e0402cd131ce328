"""Freezes a card after one clear yes. Taking a freeze back needs a face check, elsewhere.

which card -> are you sure -> frozen, or refused with the reason
'-> no answer: sent again only for another yes
"""

from dataclasses import replace

from servicebot.dialogue.accounts import choose_active_card
from servicebot.dialogue.facts import BankSilent
from servicebot.dialogue.say import Say, Value, Words
from servicebot.dialogue.steps import ask, given, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import FreezeCard
from servicebot.domain.bank_results import CardFrozen, Refused, Unreachable
from servicebot.domain.task import CardFreeze, Question, Task


def freeze_card(state: CardFreeze, task: Task, turn: TurnView) -> Outcome:
    """Which card, are you sure, done."""
    return run_steps((choose_active_card, _agree, _again, _freeze), state, task, turn)


def _agree(state: CardFreeze, task: Task, turn: TurnView) -> CardFreeze | Outcome:
    if state.agreed:
        return state
    if task.question is Question.CONFIRM_FREEZE and turn.heard is not None:
        if turn.heard.plain_yes:
            return replace(state, agreed=True)
        if turn.heard.plain_no:
            said = Say(reply="freeze_cancelled", fields=_tail(state))
            return Outcome(says=(said,), given_up=True)
    say = Say(reply="confirm_freeze", fields=_tail(state))
    return ask(Question.CONFIRM_FREEZE, state, task, turn, say)


def _again(state: CardFreeze, task: Task, turn: TurnView) -> CardFreeze | Outcome:
    """Nobody knows whether the card is frozen: it is sent again only for another yes."""
    if not state.sent:
        return state
    if turn.heard is not None and turn.heard.plain_yes:
        return state
    if turn.heard is not None and turn.heard.plain_no:
        return Outcome(says=(Say(reply="freeze_left_open", fields=_tail(state)),))
    say = Say(reply="freeze_unknown", fields=_tail(state))
    return ask(Question.FREEZE_AGAIN, state, task, turn, say)


def _freeze(state: CardFreeze, task: Task, turn: TurnView) -> Outcome:
    call = FreezeCard(key=f"freeze-{task.id}", card_id=given(state.card).id)
    result = _send(call, state, turn)
    if isinstance(result, CardFrozen):
        return Outcome(says=(Say(reply="card_frozen", fields=_tail(state)),))
    if isinstance(result, Refused):
        lost = result.code == "card_lost"
        reply = "freeze_refused_lost" if lost else "freeze_refused"
        return Outcome(says=(Say(reply=reply, fields=_tail(state)),))
    say = Say(reply="freeze_unknown", fields=_tail(state))
    return ask(Question.FREEZE_AGAIN, replace(state, sent=True), task, turn, say)


def _send(call: FreezeCard, state: CardFreeze, turn: TurnView) -> CardFrozen | Refused | None:
    """The answer; None where the card may be frozen: by this sending, or by the one before."""
    try:
        result = turn.facts.try_ask(call, CardFrozen)
    except BankSilent:
        if not state.sent:
            raise
        return None
    return None if isinstance(result, Unreachable) else result


def _tail(state: CardFreeze) -> dict[str, Value]:
    return {"tail": Words(given(state.card).tail)}
