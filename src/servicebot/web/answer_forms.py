"""The form of everything that programs and pages are told; `wire.py` fills those about domain values."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from servicebot.domain.audit import AuditAct
from servicebot.domain.content_refusal import ContentRefusal
from servicebot.domain.conversation import Owner
from servicebot.domain.desk_people import Role
from servicebot.domain.messages import Author, Button, Link, Row
from servicebot.domain.tickets import Departure, Reason, TicketState
from servicebot.domain.understanding import Language
from servicebot.ports.mailbox import Accepted
from servicebot.ports.outbox import Fate
from servicebot.web.desk_refusals import Refusal

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Urgency = Literal["urgent", "high", "normal"]
Taken = Literal[Accepted.NEW, Accepted.DUPLICATE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a request was refused, in words for programs."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskProblem(Problem):
    """Why the desk refuses; `named` are the links and numbers that it is about."""

    reason: Refusal
    named: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentProblem(Problem):
    """Why the studio refuses; `named` is the file or commit that it is about."""

    reason: ContentRefusal
    named: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """The process answers."""

    status: Literal["alive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The process does its work."""

    status: Literal["ready"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReady:
    """The process does not do its work, and what it waits for."""

    status: Literal["waiting"]
    waits_for: Annotated[tuple[str, ...], Field(serialization_alias="for")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMessage:
    """One message: `text` holds everything for those who show nothing else, `say` the sentence.

    Where `ratable` the customer may say whether it solved what was asked: it is out of an article,
    whose id is `name`.
    """

    name: str
    author: Author
    text: str
    say: str
    rows: tuple[Row, ...]
    buttons: tuple[Button, ...]
    links: tuple[Link, ...]
    ratable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRating:
    """What the customer says of an answer: of the line with this `message_id` and `name`."""

    message_id: str
    name: str
    solved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine(ShownMessage):
    """A message at its place in the conversation, counted from 1; a rating is a line without words."""

    rates: ShownRating | None
    seq: Annotated[int, Field(ge=1)]
    at: Instant
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTaken:
    """A message was taken in; of a `duplicate` no second turn comes."""

    accepted: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTaken:
    """What became of a rating: of a `duplicate` the first one stands."""

    accepted: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAnsweredYet(MessageTaken):
    """It was taken in, but its turn was not done in time; ask again with the same `id`."""

    replies: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(MessageTaken):
    """A message and the replies of its turn; none where the customer waits for a person."""

    conversation: str
    id: str
    owner: Owner
    replies: tuple[ShownMessage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOpened:
    """The ticket with which the page says hello to its socket."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Whether one may sign in with the bank's account; with a password one always may."""

    bank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in, and as what."""

    agent: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTicket:
    """A conversation that waits for a person or is held by one."""

    id: str
    channel: str
    customer: str | None
    language: Language
    reason: Reason
    priority: Urgency
    summary: str
    task: str | None
    opened_at: Instant
    state: TicketState
    departure: Departure | None
    promised: bool
    agent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDesk(Person):
    """What the desk shows beside the conversation."""

    waiting: tuple[ShownTicket, ...]
    mine: tuple[ShownTicket, ...]
    left: tuple[ShownTicket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorDesk(AgentDesk):
    """A supervisor also sees what others hold."""

    others: tuple[ShownTicket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTold:
    """The ticket that something was done with."""

    ticket: ShownTicket


@dataclass(frozen=True, slots=True, kw_only=True)
class PushedLine:
    """How far one line is: `rank` is its place among the bank's lines with this message id."""

    message_id: str
    rank: int
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The sends that a messenger still grants; `left` is null on the bank's own page."""

    left: int | None
    lines: tuple[PushedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLines(TicketTold):
    """The conversation of a ticket."""

    lines: tuple[ShownLine, ...]
    sending: Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded:
    """How many sessions were ended."""

    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """One row of the audit trail; `bond` binds it to the one before."""

    number: int
    at: Instant
    who: str
    role: str
    act: AuditAct
    what: str
    conversation: str
    address: str
    detail: str
    bond: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row whose stored form is none."""

    number: int
    unreadable: Literal[True]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The end of the audit trail, newest first."""

    rows: tuple[TrailRow | UnreadableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLines:
    """What the chat page's socket shows; `anew`: these are all lines there are now."""

    owner: Owner
    lines: tuple[ShownLine, ...]
    anew: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedLines:
    """What the desk's socket shows of a ticket; `anew`: these are all lines there are now."""

    ticket: str
    lines: tuple[ShownLine, ...]
    anew: bool
