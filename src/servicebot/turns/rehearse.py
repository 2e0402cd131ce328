"""Does before anybody waits what costs only the first time: patterns, tables, forms of stored values.

Together they take half a second, and all of it in the event loop, where every other answer would
wait for the first customer's.
"""

from importlib.resources import files
from typing import Final

from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage, OutboundMessage, TimelineLine
from servicebot.domain.money import MoneyMove
from servicebot.domain.receipts import Receipt
from servicebot.domain.tickets import Ticket
from servicebot.screening.allow_list import Allowed
from servicebot.screening.gate import hide_forbidden
from servicebot.screening.mask import mask_personal_numbers
from servicebot.turns.stored_form import prepare

_KINDS: Final = (
    *(InboundMessage, TimelineLine, OutboundMessage, tuple[OutboundMessage, ...]),
    *(Conversation, Ticket, MoneyMove, Receipt),
)
# One to a line; between them they reach every table of `screening/`, the test of this file counts.
_TEXTS: Final = "rehearsal.txt"


def rehearse() -> None:
    """Once for a process, before it serves."""
    texts = files(__package__).joinpath(_TEXTS).read_text(encoding="utf-8")
    for text in texts.splitlines():
        mask_personal_numbers(text)
        hide_forbidden(text, Allowed())
    for kind in _KINDS:
        prepare(kind)
