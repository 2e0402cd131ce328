"""Freezes a card after one clear yes. Taking a freeze back needs a face check, elsewhere."""

from dataclasses import replace

from servicebot.dialogue.accounts import choose_active_card
from servicebot.dialogue.say import Say, Title, Words
from servicebot.dialogue.steps import ask, given, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import FreezeCard
from servicebot.domain.bank_results import CardFrozen
from servicebot.domain.task import CardFreeze, Question, Task


def freeze_card(state: CardFreeze, task: Task, turn: TurnView) -> Outcome:
    """Which card, are you sure, done."""
    return run_steps((choose_active_card, _agree, _freeze), state, task, turn)


def _agree(state: CardFreeze, task: Task, turn: TurnView) -> CardFreeze | Outcome:
    if state.agreed:
        return state
    if task.question is Question.CONFIRM_FREEZE and turn.heard is not None:
        if turn.heard.plain_yes:
            return replace(state, agreed=True)
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="task_cancelled", fields={"task": Title(task.intent)}),))
    say = Say(reply="confirm_freeze", fields={"tail": Words(given(state.card).tail)})
    return ask(Question.CONFIRM_FREEZE, state, task, turn, say)


def _freeze(state: CardFreeze, task: Task, turn: TurnView) -> Outcome:
    card = given(state.card)
    call = FreezeCard(key=f"freeze-{task.id}", card_id=card.id)
    result = turn.facts.try_ask(call, CardFrozen)
    tail = {"tail": Words(card.tail)}
    if isinstance(result, CardFrozen):
        return Outcome(says=(Say(reply="card_frozen", fields=tail),))
    left = replace(task, state=state, asked=None)
    return Outcome(says=(Say(reply="freeze_failed", fields=tail),), task=left)
