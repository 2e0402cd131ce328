"""Every error of the program, by what the caller should do.

    ServicebotError
    ├── RejectedError          never again as it is (HTTP 4xx)
    │   ├── SignatureError         401
    │   ├── TooLargeError          413
    │   ├── UnknownAnswerError     404
    │   ├── NoSendsLeftError       a messenger takes no more until the customer does something
    │   ├── StaleClaimError        the lease was lost; throw the work away
    │   └── ChangedMeanwhileError  somebody else was first; look again (HTTP 409)
    ├── UnavailableError       again later (HTTP 503)
    │   ├── NotSentError           nothing left this process
    │   ├── MailboxFullError       503 with Retry-After
    │   ├── OverloadedError        503 with Retry-After: more is asked than can be answered in time
    │   └── TooManyError           429 with Retry-After: this one asks too often
    ├── UnreadableError        stored bytes that this edition cannot read; set them aside, go on
    └── StartError             stop the start and say what to do
        ├── SettingsError          all faults at once
        └── ContentError           file, line, rule, what to write instead

A refusal by the bank (no funds, quote expired) is a result, not an error.
"""

from dataclasses import dataclass
from enum import StrEnum


class ServicebotError(Exception):
    """The root of the tree; never raised itself."""


class RejectedError(ServicebotError):
    """The request is wrong and will be wrong again."""


class SignatureError(RejectedError):
    """A signature, ticket or time window does not hold."""


class TooLargeError(RejectedError):
    """A body or a text is over its limit."""


class UnknownAnswerError(RejectedError):
    """What is to be rated is no answer of this conversation, or none that is kept any more."""


class NoSendsLeftError(RejectedError):
    """The messenger takes no more for this customer until the customer does something."""


class StaleClaimError(RejectedError):
    """A commit came after its lease was lost; another worker has the conversation."""


class ChangedMeanwhileError(RejectedError):
    """Somebody else changed the same thing first; who asks should look at it again."""


class UnavailableError(ServicebotError):
    """Something outside does not answer now; the same call may work later.

    Attributes:
        retry_after_s: When to try again, in seconds; None where nobody knows.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotSentError(UnavailableError):
    """The call was not made at all, so it cannot have done anything."""


class MailboxFullError(UnavailableError):
    """A conversation has too many messages waiting."""


class OverloadedError(UnavailableError):
    """Whoever comes now would wait too long for an answer, so the message is not taken."""


class TooManyError(UnavailableError):
    """An address, a conversation or a channel asks more often than it may."""


class UnreadableError(ServicebotError, ValueError):
    """What is stored has not the form it should have; says where, never what stands there."""


class StartError(ServicebotError):
    """The program cannot start like this."""


class SettingsError(StartError):
    """One or more settings are wrong.

    Attributes:
        faults: One line each: the setting, what is wrong, what to write.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(("The settings cannot be used:", *(f"- {f}" for f in faults))))
        self.faults = faults


class Level(StrEnum):
    """Whether a fault must be mended before the content may be used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFault:
    """One thing wrong in a content file.

    Attributes:
        path: The file, relative to the content folder.
        line: Line number from 1; 0 where no line is meant, such as of a folder or a program's file.
        rule: Short name of the rule, e.g. `unknown-target`.
        message: What is wrong and what to write instead, in English.
        args: What fills the rule's words, by name; `servicebot.content.complaint.words_of` tells
            the fault in either language.
        level: Whether it must be mended.
    """

    path: str
    line: int
    rule: str
    message: str
    args: tuple[tuple[str, str], ...] = ()
    level: Level = Level.ERROR

    @property
    def place(self) -> str:
        """`path:line`, the form editors jump to; the path alone where no line is meant."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def text(self) -> str:
        """`path:line: [rule] message`."""
        return f"{self.place}: [{self.rule}] {self.message}"


class ContentError(StartError):
    """One or more content or data files cannot be used.

    Attributes:
        faults: Every fault found, in file order.
    """

    def __init__(self, faults: tuple[ContentFault, ...]) -> None:
        super().__init__("\n".join(fault.text for fault in faults))
        self.faults = faults
