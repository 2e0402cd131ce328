"""How much to repay: all of it, or an amount in fen."""

from typing import Final

from servicebot.dialogue.loans import as_choice, open_loans
from servicebot.dialogue.pick import pick, pick_other
from servicebot.dialogue.say import Say
from servicebot.dialogue.steps import ask, forgotten, known
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Choice, Task
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import SlotKind

ALL_OF_IT: Final = "all"
QUOTED: Final = (
    "quote_id",
    "total_fen",
    "account_id",
    "valid_until",
    "agreed",
    "step_up_id",
    "url",
)


def choose_amount(task: Task, turn: TurnView) -> Task | Outcome:
    """A step: the amount, from the first message or asked for."""
    if "amount" in task.values:
        return task
    amount = named_amount(turn.heard) if turn.heard is not None else None
    if amount is not None:
        return known(task, amount=amount)
    return ask(task, turn, "ask_amount", Say(reply="ask_amount"))


def correct(task: Task, turn: TurnView) -> Task | Outcome:
    """A step: a new amount or another loan in a later message replaces the old one.

    Whatever was quoted, agreed or approved for the old value is forgotten, so the new terms are
    shown before anything moves.
    """
    if turn.heard is None or task.asked in {None, "ask_which_loan"}:
        return task
    other = _other_loan(task, turn, turn.heard)
    if other is not None and other.id != task.values.get("loan_id"):
        return known(forgotten(task, "amount", *QUOTED), loan_id=other.id, product=other.product)
    amount = named_amount(turn.heard)
    if amount is None or amount == task.values.get("amount"):
        return task
    return known(forgotten(task, *QUOTED), amount=amount)


def _other_loan(task: Task, turn: TurnView, heard: Heard) -> Choice | None:
    placed = heard.slot(SlotKind.ORDINAL) or heard.slot(SlotKind.PRODUCT)
    if placed is None and Mark.THE_OTHER not in heard.whole.marks:
        return None
    choices = tuple(as_choice(loan) for loan in open_loans(turn))
    return pick_other(choices, str(task.values.get("loan_id", "")), heard) or pick(choices, heard)


def named_amount(heard: Heard) -> int | str | None:
    """The amount the words name: fen, all of it, or none."""
    money = heard.slot(SlotKind.MONEY)
    if money is not None and isinstance(money.value, int) and money.value > 0:
        return money.value
    return ALL_OF_IT if Mark.THE_WHOLE in heard.whole.marks else None
