"""The state of one conversation: who speaks, who is known, what is half done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from servicebot.domain.messages import OutboundMessage
from servicebot.domain.rating import RatableAnswer
from servicebot.domain.task import Choice, Task
from servicebot.domain.tickets import Ticket
from servicebot.domain.understanding import Language, SlotValue, Topic
from servicebot.domain.waiting import Held, Waiting

__all__ = ["Choice", "Conversation", "Identity", "Owner", "Task"]


class Owner(StrEnum):
    """Who answers: the bot, nobody yet (the customer waits), or a person."""

    BOT = "bot"
    QUEUE = "queue"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the customer is, as far as the bank has said.

    Attributes:
        subject: The bank's opaque word for the customer; None while nobody is known (L0).
        display_name: Masked name, for greeting.
        link_id: A one-time link that was offered and not used yet.
        link_url: Its page.
        link_code: The two digits that the page asks for.
        bound_at: When the customer became known, UTC.
        seen_at: When they last said something while known, UTC.
        lapsed: Whether they were known until lately; told with the next page that is offered.
    """

    subject: str | None = None
    display_name: str | None = None
    link_id: str | None = None
    link_url: str | None = None
    link_code: str = ""
    bound_at: datetime | None = None
    seen_at: datetime | None = None
    lapsed: bool = False

    @property
    def known(self) -> bool:
        """Whether the channel identity is bound to a customer (L1)."""
        return self.subject is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the last task or lookup ended, for words such as "did it work?" and "again".

    Attributes:
        intent: What the customer had wanted.
        reply: The reply that ended it.
        turn: The turn it ended in.
        given_up: The task as the customer gave it up; None where it came to an end of its own.
    """

    intent: str
    reply: str
    turn: int
    given_up: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An intent that was among the choices of an ask-back, and the turn it was named in."""

    intent: str
    turn: int


# For so many turns after it a task that was given up is what "go on after all" is about.
_SOON: Final = 2
_TOLD_KEPT: Final = 8
# So many answers can still be rated: more than a page shows the buttons under.
_ANSWERS_KEPT: Final = 4
# For so many turns what an ask-back has named is still in the customer's mind.
_IN_MIND: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Everything the next turn needs to know.

    Attributes:
        id: `<channel>:<key>`.
        channel: Name in the channel registry.
        sender: The platform's id of the customer.
        language: What the bot answers in.
        owner: Who answers.
        identity: Who the customer is.
        task: What is being done now.
        paused: What was begun before it and is taken up again afterwards, innermost last.
        asleep: What nobody went on with for a while; taken up by name or by a word.
        asked_in: The turn in which the task's question was last said, in full or in short.
        told: How the last task or lookup ended.
        dropped_page: A page of a task that was given up; approving it pays nothing.
        own_lines: The product lines a known customer has a loan of; None while nobody asked.
        offered: Topics named in the last ask-back.
        offered_slots: The values of the words that were asked back.
        repayment_offered: The repayment that an ask-back named last.
        last_topic: What the last answer was about, small talk left out.
        last_product: The product it was about; empty where it was about none.
        last_loan: The loan that was shown last; empty where none or several were.
        last_said: The bot's last messages, for "say that again".
        misses: How many messages in a row were not understood.
        unsettled: Money moves nobody knows the end of yet: loan id -> key.
        told_moves: Keys of the last money moves whose end was told.
        ticket: The open ticket while the owner is not the bot, as it stands.
        turns: How many messages were handled.
        waiting: How the wait stands; None where nobody waits.
        held: Who holds the conversation; None where nobody does.
        last_words: The customer's last words that were no wish for a person, masked.
        ended: Whether the customer has ended the chat on their device; no page shows it then.
        answers: The last answers out of articles, oldest first, for their ratings.
    """

    id: str
    channel: str
    sender: str
    language: Language = Language.ZH
    owner: Owner = Owner.BOT
    identity: Identity = field(default_factory=Identity)
    task: Task | None = None
    paused: tuple[Task, ...] = ()
    asleep: tuple[Task, ...] = ()
    asked_in: int = -1
    told: Told | None = None
    dropped_page: str = ""
    own_lines: tuple[str, ...] | None = None
    offered: tuple[Choice, ...] = ()
    offered_slots: tuple[SlotValue, ...] = ()
    repayment_offered: Offered | None = None
    last_topic: Topic | None = None
    last_product: str = ""
    last_loan: str = ""
    last_said: tuple[OutboundMessage, ...] = ()
    misses: int = 0
    unsettled: Mapping[str, str] = field(default_factory=dict)
    told_moves: tuple[str, ...] = ()
    ticket: Ticket | None = None
    turns: int = 0
    waiting: Waiting | None = None
    held: Held | None = None
    last_words: str = ""
    ended: bool = False
    answers: tuple[RatableAnswer, ...] = ()

    def with_answers(self, given: tuple[RatableAnswer, ...]) -> "Conversation":
        """The state after further answers out of articles."""
        return replace(self, answers=(*self.answers, *given)[-_ANSWERS_KEPT:])

    def with_rated(self, answer: RatableAnswer) -> "Conversation":
        """The state in which something was said of an answer."""
        rated = tuple(replace(a, rated=True) if a == answer else a for a in self.answers)
        return replace(self, answers=rated)

    def answer_to(self, message_id: str, article: str) -> RatableAnswer | None:
        """The answer to a message out of an article, or None where it is not kept any more."""
        named = (a for a in self.answers if (a.message_id, a.article) == (message_id, article))
        return next(named, None)

    def with_told(self, key: str) -> "Conversation":
        """The state in which the end of a money move was told."""
        left = {loan: of for loan, of in self.unsettled.items() if of != key}
        return replace(self, unsettled=left, told_moves=(*self.told_moves, key)[-_TOLD_KEPT:])

    @property
    def ticket_id(self) -> str | None:
        """The id of the open ticket."""
        return self.ticket.id if self.ticket is not None else None

    @property
    def told_just_now(self) -> bool:
        """Whether a task or lookup has just ended."""
        return self.told is not None and self.turns - self.told.turn <= _SOON

    @property
    def repayment_in_mind(self) -> str | None:
        """The intent of the repayment that was among the choices a few turns ago, or None."""
        named = self.repayment_offered
        return named.intent if named is not None and self.turns - named.turn <= _IN_MIND else None

    @property
    def given_up(self) -> Task | None:
        """The task the customer has just given up, while none is in hand."""
        told = self.told
        if self.task is not None or told is None or not self.told_just_now:
            return None
        return told.given_up
