"""Money needs the customer's approval on a page outside the chat, bound to these exact terms."""

from dataclasses import replace

from servicebot.dialogue.repayment.agree_terms import show_terms_again
from servicebot.dialogue.say import Money, Say, Term, Value, Words
from servicebot.dialogue.steps import ask, given
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadStepUp, StartStepUp
from servicebot.domain.bank_results import StepUp
from servicebot.domain.task import EarlyRepayment, Page, Question, Task


def step_up(state: EarlyRepayment, task: Task, turn: TurnView) -> EarlyRepayment | Outcome:
    """A step: reads the page's state anew each time; news alone is never believed."""
    if state.page is None:
        return _start(state, task, turn)
    return _decided(state, state.page, task, turn)


def _decided(
    state: EarlyRepayment, page: Page, task: Task, turn: TurnView
) -> EarlyRepayment | Outcome:
    # A no counts although the page was approved meanwhile: nothing was sent yet.
    if turn.heard is not None and turn.heard.plain_no:
        return Outcome(says=(Say(reply="repay_cancelled"),), given_up=True)
    found = turn.facts.ask(ReadStepUp(step_up_id=page.step_up_id), StepUp)
    if found.state in {"approved", "used"}:
        return state
    if found.state == "expired":
        return show_terms_again(state, task, turn, "step_up_expired")
    if found.state == "declined":
        return _declined(found)
    return _show(state, task, turn)


def _declined(page: StepUp) -> Outcome:
    """Says what happened, and what can be done: the customer said no, or the PIN was wrong."""
    locked = page.reason_code == "wrong_pins"
    if locked:
        return Outcome(says=(Say(reply="repay_page_locked"),))
    return Outcome(says=(Say(reply="repay_declined"),), given_up=True)


def _start(state: EarlyRepayment, task: Task, turn: TurnView) -> Outcome:
    terms = given(state.terms)
    call = StartStepUp(
        key=f"stepup-{task.id}-{terms.quote_id}",
        operation="loan.repay",
        resource_id=given(state.loan).id,
        amount_fen=terms.total_fen,
        account_id=terms.account.id,
        conversation_id=turn.conversation.id,
    )
    made = turn.facts.ask(call, StepUp)
    shown = replace(state, page=Page(step_up_id=made.step_up_id, url=made.url))
    return _show(shown, task, turn)


def _show(state: EarlyRepayment, task: Task, turn: TurnView) -> Outcome:
    terms = given(state.terms)
    fields: dict[str, Value] = {
        "total": Money(terms.total_fen),
        "tail": Words(terms.account.tail),
    }
    links = ((Term("label_step_up"), given(state.page).url),)
    say = Say(reply="step_up_repay", fields=fields, links=links)
    return ask(Question.APPROVE_REPAY, state, task, turn, say)
