"""How urgent a reason is."""

from collections.abc import Mapping
from typing import Final

from servicebot.domain.tickets import Priority, Reason

_PRIORITIES: Final[Mapping[Reason, Priority]] = {
    Reason.DISTRESS: Priority.URGENT,
    Reason.THREAT: Priority.URGENT,
    Reason.FRAUD: Priority.URGENT,
    Reason.DOUBLE_DEBIT: Priority.HIGH,
    Reason.SIGN_LANGUAGE: Priority.HIGH,
    Reason.HARDSHIP: Priority.HIGH,
    Reason.COMPLAINT: Priority.HIGH,
    Reason.FAULT: Priority.HIGH,
}


def priority_of(reason: Reason) -> Priority:
    """Its place in the queue."""
    return _PRIORITIES.get(reason, Priority.NORMAL)
