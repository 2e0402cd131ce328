"""Repays a loan early: which, how much, these exact terms, approved outside the chat, once.

    now? -> which loan -> how much -> terms shown -> plain yes -> step-up page -> repaid
                             ^             ^------- terms changed or expired --------|
                             '- another amount, too little, balance too low -'

The key of the repayment comes from the task and the quote, so whatever is repeated repays once.
"""

from servicebot.dialogue.loans import choose_loan
from servicebot.dialogue.repayment.agree_terms import agree_terms
from servicebot.dialogue.repayment.amount import choose_amount
from servicebot.dialogue.repayment.correct import correct
from servicebot.dialogue.repayment.only_now import only_now
from servicebot.dialogue.repayment.pay import pay
from servicebot.dialogue.repayment.sent_before import sent_before
from servicebot.dialogue.repayment.step_up import step_up
from servicebot.dialogue.steps import run_steps
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import EarlyRepayment, Task


def repay_early(state: EarlyRepayment, task: Task, turn: TurnView) -> Outcome:
    """Leads the customer to one repayment, or to none."""
    steps = (sent_before, correct, only_now, choose_loan, choose_amount, agree_terms, step_up, pay)
    return run_steps(steps, state, task, turn)
