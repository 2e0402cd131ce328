"""What a message of the customer looks like in the conversation's lines."""

from servicebot.domain.messages import (
    Author,
    InboundMessage,
    OutboundMessage,
    Rate,
    Text,
    Unreadable,
)


def customer_line(message: InboundMessage) -> OutboundMessage | None:
    """The line; None for what they neither said nor rated."""
    match message.content:
        case Text(text=text):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=text)
        case Unreadable(what=what):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=f"[{what}]")
        case Rate() as rate:
            return OutboundMessage(name="rating", author=Author.CUSTOMER, text="", rates=rate)
        case _:
            return None
