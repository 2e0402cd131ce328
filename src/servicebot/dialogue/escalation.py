"""Why a conversation goes to a person, and what the customer is told."""

from collections.abc import Mapping
from typing import Final

from servicebot.dialogue.say import Say
from servicebot.domain.tickets import Reason

_REASONS: Final[Mapping[str, Reason]] = {
    "person.request": Reason.CUSTOMER_ASKED,
    "person.complaint": Reason.COMPLAINT,
    "person.sign_language": Reason.SIGN_LANGUAGE,
    "case.double_debit": Reason.DOUBLE_DEBIT,
    "case.fraud": Reason.FRAUD,
    "case.hardship": Reason.HARDSHIP,
    "card.unfreeze": Reason.CARD_UNFREEZE,
    "talk.distress": Reason.DISTRESS,
}


def escalates(intent_id: str) -> bool:
    """Whether an intent always goes to a person."""
    return intent_id in _REASONS


def reason_of(intent_id: str) -> Reason:
    """The reason an intent stands for."""
    return _REASONS.get(intent_id, Reason.CUSTOMER_ASKED)


def notice_of(reason: Reason) -> Say:
    """What the customer is told when they are handed over."""
    return Say(reply=f"handover_{reason}")
