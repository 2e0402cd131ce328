"""Money needs the customer's approval on a page outside the chat, bound to these exact terms."""

from servicebot.dialogue.repayment.agree_terms import show_terms_again
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.steps import ask, known
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadStepUp, StartStepUp
from servicebot.domain.bank_results import StepUp
from servicebot.domain.conversation import Task


def step_up(task: Task, turn: TurnView) -> Task | Outcome:
    """A step: reads the page's state anew each time; news alone is never believed."""
    if "step_up_id" not in task.values:
        return _start(task, turn)
    found = turn.facts.ask(ReadStepUp(step_up_id=str(task.values["step_up_id"])), StepUp)
    if found.state in {"approved", "used"}:
        return task
    if found.state == "expired":
        return show_terms_again(task, turn, "step_up_expired")
    if found.state == "declined" or (turn.heard is not None and turn.heard.plain_no):
        return Outcome(says=(Say(reply="repay_cancelled"),))
    return _show(task, turn)


def _start(task: Task, turn: TurnView) -> Outcome:
    values = task.values
    call = StartStepUp(
        key=f"stepup-{task.id}-{values['quote_id']}",
        operation="loan.repay",
        resource_id=str(values["loan_id"]),
        amount_fen=int(values["total_fen"]),
        account_id=str(values["account_id"]),
        conversation_id=turn.conversation.id,
    )
    made = turn.facts.ask(call, StepUp)
    return _show(known(task, step_up_id=made.step_up_id, url=made.url), turn)


def _show(task: Task, turn: TurnView) -> Outcome:
    fields: dict[str, Value] = {
        "total": Money(int(task.values["total_fen"])),
        "tail": Words(str(task.values["account_tail"])),
    }
    links = ((Term("label_step_up"), str(task.values["url"])),)
    return ask(task, turn, "step_up_repay", Say(reply="step_up_repay", fields=fields, links=links))
