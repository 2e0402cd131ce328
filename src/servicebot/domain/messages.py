"""What comes in and what goes out, the same for every channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from servicebot.domain.money import MoneyEnd
from servicebot.domain.understanding import Language


class Author(StrEnum):
    """Who wrote a line of a conversation."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of the customer, personal numbers already masked."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A picture, voice message or anything else that holds no text.

    Attributes:
        what: The platform's own word for it (`image`, `voice`, `sticker`).
    """

    what: str
    kind: Literal["unreadable"] = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """The customer opened the chat or followed the account; nothing was said yet."""

    language: Language | None = None
    kind: Literal["arrival"] = "arrival"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEnded:
    """The customer has ended the chat on their device: nobody there is to see it any more."""

    kind: Literal["chat_ended"] = "chat_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The customer says whether an answer out of an article solved what was asked.

    Attributes:
        answers: The id of the message that was answered.
        article: What it was answered with; one message may get several.
        solved: What they say.
    """

    answers: str
    article: str
    solved: bool
    kind: Literal["rate"] = "rate"


class BankNews(StrEnum):
    """What the bank tells the bot."""

    IDENTITY_BOUND = "identity.bound"
    STEP_UP_APPROVED = "step_up.approved"
    STEP_UP_DECLINED = "step_up.declined"
    MONEY_SETTLED = "money.settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEvent:
    """Something happened at the bank; what exactly is read from the bank, but for the end of money.

    Attributes:
        news: What it is about.
        reference_id: The link, the step-up or the key of the money move.
        end: How the money move ended; None for other news and in events of earlier editions.
    """

    news: BankNews
    reference_id: str
    end: MoneyEnd | None = None
    kind: Literal["bank_event"] = "bank_event"


class AgentVerb(StrEnum):
    """What an agent does with a conversation."""

    TAKE = "take"
    ASSIGN = "assign"
    SAY = "say"
    HAND_BACK = "hand_back"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAct:
    """An agent's act at the desk; it travels the same way as a customer's message.

    Attributes:
        verb: What the agent does.
        agent: The name shown to the customer; of an assignment, who has it from now on.
        ticket_id: The ticket it belongs to; an act for another ticket is ignored.
        text: The words, for `say`.
    """

    verb: AgentVerb
    agent: str
    ticket_id: str
    text: str = ""
    kind: Literal["agent_act"] = "agent_act"


class DeskNews(StrEnum):
    """What the desk tells a conversation without an agent's act."""

    OPENED = "opened"
    AGENT_GONE = "agent_gone"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEvent:
    """Something happened at the desk.

    Attributes:
        news: What.
        ticket_id: The ticket it is about; news about another one is ignored.
        owed_since: For an agent who says nothing: since when; news that is out of date is ignored.
    """

    news: DeskNews
    ticket_id: str
    owed_since: datetime | None = None
    kind: Literal["desk_event"] = "desk_event"


MessageContent = Text | Unreadable | Arrival | Rate | ChatEnded | BankEvent | AgentAct | DeskEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message on its way in.

    Attributes:
        channel: Name in the channel registry.
        message_id: Unique within the channel; a second one with the same id is a redelivery.
        conversation_id: `<channel>:<key>`; messages of one conversation are handled in order.
        sender: The platform's id of the customer.
        received_at: When it was accepted, UTC.
        content: What it holds.
    """

    channel: str
    message_id: str
    conversation_id: str
    sender: str
    received_at: datetime
    content: MessageContent

    @property
    def key(self) -> str:
        """Its name among the messages of all channels."""
        return f"{self.channel}/{self.message_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A tap that says something for the customer."""

    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page outside the chat; its address must be on the allow-list."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a card."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One message on its way out, in the customer's language.

    Attributes:
        name: The reply or article it was made from; `agent` for a person's words.
        author: The bot or an agent.
        text: The sentence.
        rows: A card under it: label and value, in order.
        buttons: Suggested answers.
        links: Pages outside the chat.
        receipts: Numbers of the bank in it that must be readable, however long they are.
        strangers: What third parties wrote in its card, as it stands there between quotation marks;
            empty once it was screened.
        ratable: Whether the customer may say that it solved what was asked, or not.
        rates: What the customer says of an answer, where the line is no words but that.
    """

    name: str
    author: Author
    text: str
    rows: tuple[Row, ...] = ()
    buttons: tuple[Button, ...] = ()
    links: tuple[Link, ...] = ()
    receipts: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    ratable: bool = False
    rates: Rate | None = None

    @property
    def plain_text(self) -> str:
        """Everything in one text, for channels and readers that show nothing else."""
        lines = [self.text]
        lines += [f"{row.label}: {row.value}" for row in self.rows]
        lines += [f"{link.label}: {link.url}" for link in self.links]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One line of a conversation as both sides see it.

    Attributes:
        seq: Counts from 1 in each conversation, without gaps.
        author: Who wrote it.
        at: When it was accepted or committed, UTC.
        message_id: The inbound message it is, or that it answers.
        message: The words; a customer's line has only `text`, or `rates`.
    """

    seq: int
    author: Author
    at: datetime
    message_id: str
    message: OutboundMessage
