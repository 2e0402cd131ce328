"""The flows, by the name intent files use: how the state of each begins, and its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from servicebot.dialogue.flows.application_status import application_status
from servicebot.dialogue.flows.balance import balance
from servicebot.dialogue.flows.credit_limit import credit_limit
from servicebot.dialogue.flows.due import due
from servicebot.dialogue.flows.freeze_card import freeze_card
from servicebot.dialogue.flows.holdings import holdings
from servicebot.dialogue.flows.lenders import lenders
from servicebot.dialogue.flows.link_identity import link_identity
from servicebot.dialogue.flows.loans import loans
from servicebot.dialogue.flows.repay_early import repay_early
from servicebot.dialogue.flows.schedule import schedule
from servicebot.dialogue.flows.transactions import transactions
from servicebot.dialogue.flows.unlink_identity import unlink_identity
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.task import (
    CardFreeze,
    EarlyRepayment,
    Linking,
    Lookup,
    OfAccount,
    OfLoan,
    Task,
    TaskState,
    Unlinking,
)

S = TypeVar("S", bound=TaskState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One flow.

    Attributes:
        begin: The state of a task that has just begun.
        run: One turn of it.
    """

    begin: Callable[[], TaskState]
    run: Callable[[Task, TurnView], Outcome]


def _flow(begin: type[S], steps: Callable[[S, Task, TurnView], Outcome]) -> Flow:
    def run(task: Task, turn: TurnView) -> Outcome:
        if not isinstance(task.state, begin):
            raise TypeError(f"{task.flow} cannot go on with {task.state.kind}.")
        return steps(task.state, task, turn)

    return Flow(begin=begin, run=run)


FLOWS: Final[Mapping[str, Flow]] = MappingProxyType(
    {
        "application_status": _flow(Lookup, application_status),
        "balance": _flow(Lookup, balance),
        "credit_limit": _flow(Lookup, credit_limit),
        "due": _flow(Lookup, due),
        "freeze_card": _flow(CardFreeze, freeze_card),
        "holdings": _flow(Lookup, holdings),
        "lenders": _flow(OfLoan, lenders),
        "link_identity": _flow(Linking, link_identity),
        "loans": _flow(Lookup, loans),
        "repay_early": _flow(EarlyRepayment, repay_early),
        "schedule": _flow(OfLoan, schedule),
        "transactions": _flow(OfAccount, transactions),
        "unlink_identity": _flow(Unlinking, unlink_identity),
    }
)
