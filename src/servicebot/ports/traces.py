"""What a customer has left in a ledger, as their receipts tell it."""

from dataclasses import dataclass

from servicebot.domain.messages import InboundMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Those of one conversation.

    Attributes:
        conversation_id: The conversation.
        channel: Its channel.
        sender: The platform's id of the customer.
        messages: Those whose answers may still stand there.
        tickets: Ids of its tickets.
        turns: How many turns must stay counted, because receipts of another customer in the same
            conversation bear their numbers; 0 where nothing of it stays.
    """

    conversation_id: str
    channel: str
    sender: str
    messages: tuple[InboundMessage, ...]
    tickets: tuple[str, ...]
    turns: int
