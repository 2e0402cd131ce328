"""News of a repayment whose end was not known: told once, and the loan is free again."""

from dataclasses import replace

from servicebot.dialogue.decision import Decision, hand_over
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.facts import BankRefused, BankSilent, SubjectLost
from servicebot.dialogue.repayment.pay import key_of, tell
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.bank_calls import ListLoans, ReadRepayment
from servicebot.domain.bank_results import Loans, Refused, Repayment
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import BankEvent
from servicebot.domain.money import MoneyEnd, MoveState
from servicebot.domain.task import Task
from servicebot.domain.tickets import Reason


def on_money_news(turn: TurnView, event: BankEvent) -> Decision:
    """Tells the end that the event carries and frees the loan, whatever the bank says now.

    What nobody knows after a day is a person's. So is an answer against the agreed terms, but
    there the end is still to come and the loan stays blocked until then.
    """
    conversation, key = turn.conversation, event.reference_id
    loan_id = next((loan for loan, of in conversation.unsettled.items() if of == key), None)
    if key in conversation.told_moves or (loan_id is None and event.end is None):
        return Decision(rule="news:late", conversation=conversation)
    if event.end is not None and event.end.state is MoveState.DISPUTED:
        return hand_over("news:disputed", conversation, Reason.FAULT, notice_of(Reason.FAULT))
    freed = _without(conversation.with_told(key), key)
    told = _told(turn, event.end or _read(turn, key), loan_id or "")
    if told is None:
        return hand_over("news:unknown", freed, Reason.FAULT, notice_of(Reason.FAULT))
    return Decision(rule="news:settled", conversation=freed, says=(told,))


def _without(conversation: Conversation, key: str) -> Conversation:
    """The state without the task that sent the move, where the turn that sent it was not kept."""

    def others(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
        return tuple(task for task in tasks if key_of(task) != key)

    task = conversation.task
    return replace(
        conversation,
        task=None if task is not None and key_of(task) == key else task,
        paused=others(conversation.paused),
        asleep=others(conversation.asleep),
    )


def _told(turn: TurnView, end: MoneyEnd, loan_id: str) -> Say | None:
    """The end in words; None where nobody knows it."""
    if end.answer is None:
        return None
    if isinstance(end.answer, Refused):
        return Say(reply="repay_not_done")
    product = end.product or _product(turn, loan_id)
    return tell(end.answer, product, end.opened_on) if product else None


def _read(turn: TurnView, key: str) -> MoneyEnd:
    """The end for an event of an earlier edition, which does not carry it."""
    if turn.conversation.identity.subject is None:
        return MoneyEnd(state=MoveState.UNKNOWN)
    try:
        found = turn.facts.try_ask(ReadRepayment(key=key), Repayment)
    except (BankSilent, SubjectLost):
        found = None
    if isinstance(found, Repayment) and found.state in {"succeeded", "failed"}:
        return MoneyEnd(state=MoveState(found.state), answer=found)
    return MoneyEnd(state=MoveState.UNKNOWN)


def _product(turn: TurnView, loan_id: str) -> str:
    """The product of the loan, for a move of an earlier edition, which does not name it."""
    if turn.conversation.identity.subject is None:
        return ""
    try:
        loans = turn.facts.ask(ListLoans(), Loans).items
    except (BankSilent, SubjectLost, BankRefused):
        return ""
    return next((loan.product for loan in loans if loan.loan_id == loan_id), "")
