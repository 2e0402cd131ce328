"""What a message of the customer looks like in the conversation's lines."""

from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, Text, Unreadable


def customer_line(message: InboundMessage) -> OutboundMessage | None:
    """The line; None for what is no word of theirs."""
    match message.content:
        case Text(text=text):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=text)
        case Unreadable(what=what):
            return OutboundMessage(name="customer", author=Author.CUSTOMER, text=f"[{what}]")
        case _:
            return None
