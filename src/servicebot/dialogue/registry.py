"""The flows, by the name intent files use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from servicebot.dialogue.flows.application_status import application_status
from servicebot.dialogue.flows.balance import balance
from servicebot.dialogue.flows.credit_limit import credit_limit
from servicebot.dialogue.flows.due import due
from servicebot.dialogue.flows.freeze_card import freeze_card
from servicebot.dialogue.flows.hand_over import hand_over
from servicebot.dialogue.flows.holdings import holdings
from servicebot.dialogue.flows.lenders import lenders
from servicebot.dialogue.flows.link_identity import link_identity
from servicebot.dialogue.flows.loans import loans
from servicebot.dialogue.flows.repay_early import repay_early
from servicebot.dialogue.flows.schedule import schedule
from servicebot.dialogue.flows.transactions import transactions
from servicebot.dialogue.flows.unlink_identity import unlink_identity
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.conversation import Task

Flow = Callable[[Task, TurnView], Outcome]

FLOWS: Final[Mapping[str, Flow]] = MappingProxyType(
    {
        "application_status": application_status,
        "balance": balance,
        "credit_limit": credit_limit,
        "due": due,
        "freeze_card": freeze_card,
        "hand_over": hand_over,
        "holdings": holdings,
        "lenders": lenders,
        "link_identity": link_identity,
        "loans": loans,
        "repay_early": repay_early,
        "schedule": schedule,
        "transactions": transactions,
        "unlink_identity": unlink_identity,
    }
)
