"""Why the desk refuses, as words for programs and as a code that the page tells in its language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from servicebot.domain.errors import RejectedError
from servicebot.domain.tickets import Departure, Ticket, TicketState


class Refusal(StrEnum):
    """Every reason; `web/static/desk/refusals.js` has words for each in both languages."""

    SIGN_IN_FIRST = "sign_in_first"
    WRONG_SIGN_IN = "wrong_sign_in"
    NO_SECOND_FACTOR = "no_second_factor"
    LOCKED = "locked"
    BUSY = "busy"
    NOT_ALLOWED = "not_allowed"
    NOT_HELD = "not_held"
    NO_TICKET = "no_ticket"
    BACK_IN_QUEUE = "back_in_queue"
    TAKEN = "taken"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    LEFT = "left"
    ELSEWHERE = "elsewhere"
    SLOW = "slow"
    NOT_ON_LIST = "not_on_list"
    LURE = "lure"
    AGENT_ABSENT = "agent_absent"
    BANK_SIGN_IN_FAILED = "bank_sign_in_failed"
    NO_ROLE = "no_role"


_STATUS: Final[Mapping[Refusal, int]] = {
    Refusal.SIGN_IN_FIRST: 401,
    Refusal.WRONG_SIGN_IN: 401,
    Refusal.NO_SECOND_FACTOR: 403,
    Refusal.LOCKED: 429,
    Refusal.BUSY: 503,
    Refusal.NOT_ALLOWED: 403,
    Refusal.NOT_HELD: 404,
    Refusal.SLOW: 503,
    Refusal.NOT_ON_LIST: 400,
    Refusal.LURE: 400,
    Refusal.BANK_SIGN_IN_FAILED: 401,
    Refusal.NO_ROLE: 403,
}
_WORDS: Final[Mapping[Refusal, str]] = {
    Refusal.SIGN_IN_FIRST: "Sign in first.",
    Refusal.WRONG_SIGN_IN: "Name, password or code are wrong.",
    Refusal.NO_SECOND_FACTOR: "This desk asks for one-time codes, and the account has none yet.",
    Refusal.LOCKED: "Too many tries. Wait a few minutes.",
    Refusal.BUSY: "Too many sign in at once. Try again in a moment.",
    Refusal.NOT_ALLOWED: "Your role does not allow this.",
    Refusal.NOT_HELD: "You do not hold this ticket.",
    Refusal.NO_TICKET: "There is no such ticket.",
    Refusal.BACK_IN_QUEUE: "You do not hold this ticket any more; it is back in the queue.",
    Refusal.TAKEN: "Somebody else has taken it.",
    Refusal.HANDED_BACK: "It was handed back to the bot.",
    Refusal.CLOSED: "It is closed.",
    Refusal.LEFT: "The customer has left the queue.",
    Refusal.ELSEWHERE: "The customer now writes in another chat.",
    Refusal.SLOW: "The conversation is busy; the ticket appears as soon as it is yours.",
    Refusal.NOT_ON_LIST: "Not sent: {} is not on the bank's list of links and numbers.",
    Refusal.LURE: "Not sent: “{}” reads as if the customer were led out of the bank, or asked for a "
    "secret. Say it in other words, without such a wish.",
    Refusal.AGENT_ABSENT: "Nobody of that name serves now.",
    Refusal.BANK_SIGN_IN_FAILED: "The bank's sign-in did not succeed.",
    Refusal.NO_ROLE: "The bank's account has no role at this desk.",
}
_OF_STATE: Final[Mapping[TicketState, Refusal]] = {
    TicketState.WAITING: Refusal.BACK_IN_QUEUE,
    TicketState.TAKEN: Refusal.TAKEN,
    TicketState.HANDED_BACK: Refusal.HANDED_BACK,
    TicketState.CLOSED: Refusal.CLOSED,
    TicketState.LEFT: Refusal.LEFT,
}
_CONFLICT: Final = 409


class DeskRefusedError(RejectedError):
    """The desk refuses.

    Attributes:
        reason: Why.
        named: What it is about: the forbidden links and numbers, the words that read like a lure;
            empty for none.
        retry_after_s: When to try again, in seconds; None where that does not help.
    """

    def __init__(
        self, reason: Refusal, *, named: str = "", retry_after_s: float | None = None
    ) -> None:
        super().__init__(_WORDS[reason].format(named))
        self.reason = reason
        self.named = named
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _STATUS.get(self.reason, _CONFLICT)


def why_not(ticket: Ticket | None) -> DeskRefusedError:
    """Why a ticket cannot be taken or answered, for the agent."""
    if ticket is None:
        return DeskRefusedError(Refusal.NO_TICKET)
    if ticket.departure is Departure.SUPERSEDED:
        return DeskRefusedError(Refusal.ELSEWHERE)
    return DeskRefusedError(_OF_STATE[ticket.state])
