"""Freezes a card after one clear yes. Taking a freeze back needs a face check, elsewhere."""

from servicebot.dialogue.accounts import choose_active_card
from servicebot.dialogue.say import Say, Words
from servicebot.dialogue.steps import ask, known, run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import FreezeCard
from servicebot.domain.bank_results import CardFrozen
from servicebot.domain.conversation import Task


def freeze_card(task: Task, turn: TurnView) -> Outcome:
    """Which card, are you sure, done."""
    return run_steps((choose_active_card, _agree, _freeze), task, turn)


def _agree(task: Task, turn: TurnView) -> Task | Outcome:
    if task.values.get("agreed"):
        return task
    if task.asked == "confirm_freeze" and turn.heard is not None:
        if turn.heard.plain_yes:
            return known(task, agreed=1)
        if turn.heard.plain_no:
            return Outcome(says=(Say(reply="task_cancelled"),))
    say = Say(reply="confirm_freeze", fields={"tail": Words(str(task.values["tail"]))})
    return ask(task, turn, "confirm_freeze", say)


def _freeze(task: Task, turn: TurnView) -> Outcome:
    tail = Words(str(task.values["tail"]))
    call = FreezeCard(key=f"freeze-{task.id}", card_id=str(task.values["card_id"]))
    result = turn.facts.try_ask(call, CardFrozen)
    if isinstance(result, CardFrozen):
        return Outcome(says=(Say(reply="card_frozen", fields={"tail": tail}),))
    return Outcome(says=(Say(reply="freeze_failed", fields={"tail": tail}),), task=task)
