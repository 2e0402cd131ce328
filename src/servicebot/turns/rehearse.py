"""Does before anybody waits what costs only the first time: patterns, tables, forms of stored values.

Together they take half a second, and all of it in the event loop, where every other answer would
wait for the first customer's.
"""

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
# Between them they reach every table of `screening/`; the test of this file counts.
_TEXTS: Final = (
    "我的卡 6222 0212 3456 7894，密码是一二三四五六，身份证 11010119900307001X，電話 010-12345678",
    "add me on telegram @abcdef, call +44 20 7946 0958, my password is hunter2, mac 00:1b:44:11:3a:b7",
    "加微信 wx_1234 领奖，例子.测试 与 example.com，护照 E12345678，ｗｗｗ。ａ。ｃｎ，a dot cn slash b",
)


def rehearse() -> None:
    """Once for a process, before it serves."""
    for text in _TEXTS:
        mask_personal_numbers(text)
        hide_forbidden(text, Allowed())
    for kind in _KINDS:
        prepare(kind)
