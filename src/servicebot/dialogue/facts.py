"""What the bank has said in this turn, and how a flow asks for more.

A flow is straight-line code that runs from its first line again each time a fact came in: asking
for a fact that is not there raises `NeedsBank`, the turn fetches it and thinks again. So a flow
stays pure, and a recorded turn replays from its facts alone.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult, Refused, Unreachable
from servicebot.domain.desk_facts import DeskAnswer, DeskCall, ReadAgent, ReadQueue

R = TypeVar("R")

LOST_SUBJECT_CODES = frozenset({"subject_unknown", "subject_revoked"})


class NeedsBank(Exception):  # noqa: N818  not a fault: a request to the turn
    """Facts are missing.

    Attributes:
        calls: What to ask the bank; several are asked side by side.
        subject: On whose behalf; None for calls about nobody.
    """

    def __init__(self, calls: tuple[BankCall, ...], subject: str | None) -> None:
        super().__init__(", ".join(call.name for call in calls))
        self.calls = calls
        self.subject = subject


class NeedsDesk(Exception):  # noqa: N818  not a fault: a request to the turn
    """Something is asked of the desk; neither the bank nor its circuit has to do with it.

    Attributes:
        call: What to ask.
    """

    def __init__(self, call: DeskCall) -> None:
        super().__init__(type(call).__name__)
        self.call = call


class BankSilent(Exception):  # noqa: N818  a result for the dialogue, not a fault of the program
    """The bank did not answer; the customer is told so and nothing changes."""


class BankRefused(Exception):  # noqa: N818  a result for the dialogue, not a fault of the program
    """The bank said no where the flow expected no refusal.

    Attributes:
        code: The bank's code.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SubjectLost(Exception):  # noqa: N818  a result for the dialogue, not a fault of the program
    """The bank no longer knows the subject: the binding was taken back."""


class Facts:
    """The answers of the bank and of the desk so far, by call."""

    def __init__(
        self,
        results: Mapping[BankCall, BankResult],
        *,
        subject: str | None = None,
        desk: Mapping[DeskCall, DeskAnswer] | None = None,
    ) -> None:
        self._results = results
        self._subject = subject
        self._desk = desk or {}

    def on_behalf_of(self, subject: str | None) -> "Facts":
        """The same facts; further questions are asked for `subject`."""
        return Facts(self._results, subject=subject, desk=self._desk)

    def ask(self, call: BankCall | DeskCall, expected: type[R]) -> R:
        """The answer to `call`.

        Raises:
            NeedsBank: It was not asked yet in this turn.
            NeedsDesk: The same, of the desk.
            BankSilent: The bank did not answer.
            SubjectLost: The binding was taken back.
            BankRefused: The bank said no.
        """
        answer = (
            self._told(call)
            if isinstance(call, ReadQueue | ReadAgent)
            else self.try_ask(call, expected)
        )
        if isinstance(answer, Refused) and not issubclass(expected, Refused):
            raise BankRefused(answer.code)
        if isinstance(answer, expected):
            return answer
        raise BankSilent

    def ask_all(self, calls: Sequence[BankCall], expected: type[R]) -> tuple[R, ...]:
        """The answers to several calls, in their order; what is missing is asked side by side.

        Raises:
            NeedsBank: Some were not asked yet in this turn.
            BankSilent, SubjectLost, BankRefused: As `ask`, for the first of them.
        """
        missing = tuple(call for call in calls if call not in self._results)
        if missing:
            raise NeedsBank(missing, self._subject)
        return tuple(self.ask(call, expected) for call in calls)

    def try_ask(self, call: BankCall, expected: type[R]) -> R | Refused | Unreachable:
        """The answer to `call`, refusals and an uncertain end included.

        Raises:
            NeedsBank: It was not asked yet in this turn.
            BankSilent: The bank did not answer, and nothing can have happened.
            SubjectLost: The binding was taken back.
        """
        if call not in self._results:
            raise NeedsBank((call,), self._subject)
        answer = self._results[call]
        if isinstance(answer, Refused):
            if answer.code in LOST_SUBJECT_CODES:
                raise SubjectLost
            return answer
        if isinstance(answer, Unreachable) and answer.maybe_done:
            return answer
        if isinstance(answer, expected):
            return answer
        raise BankSilent

    def _told(self, call: DeskCall) -> DeskAnswer:
        if call not in self._desk:
            raise NeedsDesk(call)
        return self._desk[call]
