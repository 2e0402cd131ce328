"""What comes in is cut, cleaned and masked before anything is stored; what leaves is checked."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import AgentAct, InboundMessage, OutboundMessage, Row, Text
from servicebot.screening.allow_list import Allowed
from servicebot.screening.gate import hide_forbidden
from servicebot.screening.mask import mask_personal_numbers
from servicebot.screening.reading import visible

MOST_CHARACTERS: Final = 2_000
_HIDDEN: Final = "“***”"


def screen_in(message: InboundMessage) -> InboundMessage:
    """The message with its text cut, cleaned of what nobody sees, a customer's masked too."""
    match message.content:
        case Text(text=text):
            masked = mask_personal_numbers(_seen(text))  # before the cut, which may halve a number
            return replace(message, content=Text(text=masked[:MOST_CHARACTERS]))
        case AgentAct(text=text) as act if text:
            return replace(message, content=replace(act, text=_seen(text)[:MOST_CHARACTERS]))
        case _:
            return message


def _seen(text: str) -> str:
    return visible(text[: 2 * MOST_CHARACTERS]).strip()


def screen_out(
    message: OutboundMessage, allowed: Allowed, lures: Collection[str] = ()
) -> OutboundMessage:
    """The message with forbidden parts of backend fields hidden.

    A counterparty's name may carry a stranger's link or number; the approved text around it stays.
    The rule holds for the bot and for agents: nobody can make the bank's chat hand out a number
    or a page that the bank did not approve.

    Args:
        message: As it was phrased.
        allowed: What may be named.
        lures: Sentences that read like lures; what a stranger wrote with one is hidden as a whole.

    Raises:
        RejectedError: A link of the message itself is not on the allow-list.
    """
    for link in message.links:
        if not allowed.has_page(link.url):
            raise RejectedError("A page of the bank is no allowed origin for links.")

    luring = [one for one in message.strangers if any(lure in one for lure in lures)]

    def hide(text: str) -> str:
        for one in luring:
            text = text.replace(f"“{one}”", _HIDDEN)
        return visible(hide_forbidden(text, allowed))

    rows = tuple(Row(label=hide(row.label), value=hide(row.value)) for row in message.rows)
    text = visible(hide_forbidden(message.text, allowed, message.receipts))
    return replace(message, text=text, rows=rows, strangers=())
