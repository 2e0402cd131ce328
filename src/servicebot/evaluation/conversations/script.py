"""A conversation file: what is said and done, and what must come of it, by name and never by wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from servicebot.domain.conversation import Owner
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language


class Deed(StrEnum):
    """What happens without words of the customer."""

    APPROVE_LINK = "approve_link"
    APPROVE_STEP_UP = "approve_step_up"
    DECLINE_STEP_UP = "decline_step_up"
    SEND_AGAIN = "send_again"
    DESK_OPENS = "desk_opens"
    RATE_SOLVED = "rate_solved"
    RATE_UNSOLVED = "rate_unsolved"


class DeskDeed(StrEnum):
    """What an agent does."""

    TAKE = "take"
    SAY = "say"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    SIGN_OUT = "sign_out"


class Desk(StrEnum):
    """Whether people serve when the conversation begins."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of the sandbox bank: the next `count` calls below `path` fail."""

    path: str
    kind: str
    count: int = 1
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who chats.

    Attributes:
        sample: A sample customer of the sandbox bank, or None for a stranger.
        identity: `L0`, or `L1`: linked before the first turn, through the real page.
        language: What that first linking is said in.
    """

    sample: str | None = None
    identity: str = "L0"
    language: Language = Language.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptTurn:
    """One step; exactly one of `says`, `does`, `agent` and `bank` begins it.

    Attributes:
        says: The customer's words.
        does: What happens outside the chat.
        agent: What an agent does.
        words: The agent's words, for `agent: say`.
        bank: A fault that begins now.
        answers: Names of all replies, in order; None is not checked.
        then: A reply that must come last, after `answers`.
        calls: Names of all bank calls except the reading of links and step-ups; None is not
            checked.
        escalates: The reason of the ticket that must be opened.
        raises: What must make the open ticket graver.
        silent: The bot must say nothing.
        unlike: Replies that must not come.
        shows: Words that must stand in what was said, such as an amount.
    """

    says: str | None = None
    does: Deed | None = None
    agent: DeskDeed | None = None
    words: str = ""
    bank: Fault | None = None
    answers: tuple[str, ...] | str | None = None
    then: str | None = None
    calls: tuple[str, ...] | None = None
    escalates: Reason | None = None
    raises: Reason | None = None
    silent: bool = False
    unlike: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()

    @property
    def expected(self) -> tuple[str, ...] | None:
        """The names that must be said, or None where that is open."""
        if self.silent:
            return ()
        if self.answers is None and self.then is None:
            return None
        first = (self.answers,) if isinstance(self.answers, str) else self.answers or ()
        return (*first, self.then) if self.then is not None else first


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How it must stand after the last turn.

    Attributes:
        owner: Who answers.
        task: The intent of the task in hand, or `none`.
        postings: Repayments in the bank's book, by loan.
    """

    owner: Owner | None = None
    task: str | None = None
    postings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One conversation file.

    Attributes:
        name: What happens, in a sentence.
        customer: Who chats.
        turns: In order.
        ends: How it must stand afterwards.
        must_fail: A known failure: why it fails today. When it passes, the mark must go.
        desk: Whether people serve when it begins.
    """

    name: str
    customer: Customer = field(default_factory=Customer)
    desk: Desk = Desk.OPEN
    turns: tuple[ScriptTurn, ...]
    ends: Ending = field(default_factory=Ending)
    must_fail: str | None = None
