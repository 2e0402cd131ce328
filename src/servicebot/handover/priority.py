"""How urgent a reason is."""

from collections.abc import Mapping
from typing import Final

from servicebot.domain.tickets import LAST_RANK, Priority, Reason, Ticket

_PRIORITIES: Final[Mapping[Reason, Priority]] = {
    Reason.DISTRESS: Priority.URGENT,
    Reason.THREAT: Priority.URGENT,
    Reason.FRAUD: Priority.URGENT,
    Reason.CARD_LOST: Priority.URGENT,
    Reason.DOUBLE_DEBIT: Priority.HIGH,
    Reason.SIGN_LANGUAGE: Priority.HIGH,
    Reason.HARDSHIP: Priority.HIGH,
    Reason.COMPLAINT: Priority.HIGH,
    Reason.FAULT: Priority.HIGH,
}
# A life before a threat, a threat before money, whatever their age.
_RANKS: Final[Mapping[Reason, int]] = {
    Reason.DISTRESS: 0,
    Reason.THREAT: 1,
    Reason.FRAUD: 2,
    Reason.CARD_LOST: 3,
}


def priority_of(reason: Reason) -> Priority:
    """Its place in the queue."""
    return _PRIORITIES.get(reason, Priority.NORMAL)


def rank_of(reason: Reason) -> int:
    """Its place among reasons of the same priority."""
    return _RANKS.get(reason, LAST_RANK)


def is_graver(reason: Reason, ticket: Ticket) -> bool:
    """Whether a reason moves a ticket forward in the queue."""
    return (priority_of(reason), rank_of(reason)) < (ticket.priority, ticket.rank)
