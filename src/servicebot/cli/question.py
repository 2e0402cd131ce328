"""One question without a conversation: what the bot would hear in it and say."""

import asyncio
from datetime import datetime

from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.facts import Facts, NeedsBank
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.understanding import Language
from servicebot.hearing.listen import Listener
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

_NOBODY = Conversation(id="ask:one", channel="ask", sender="ask")


def hear_one(understander: Understander, content: Content, text: str, now: datetime) -> Heard:
    """Hears one text as the first message of a stranger."""
    return asyncio.run(_hear(understander, content, _message(text, now), now))


async def _hear(
    understander: Understander, content: Content, message: InboundMessage, now: datetime
) -> Heard:
    async with MicroBatcher(understander) as batcher:
        today = now.astimezone(BANK_ZONE).date()
        heard = await Listener(batcher, content).listen(message, _NOBODY, today)
    assert heard is not None  # noqa: S101  a text is always heard
    return heard


def reply_to_one(heard: Heard, content: Content, now: datetime) -> str:
    """What the bot would say to a stranger; where the bank is needed, what it would ask first."""
    language = heard.whole.language
    moment = Moment(now=now, today=now.astimezone(BANK_ZONE).date())
    message = _message(heard.whole.text, now)
    try:
        decision = decide(_NOBODY, message, heard, Facts({}), moment, content)
    except NeedsBank:
        return _linked_first(content, language)
    spoken = Phraser(content, language).messages(decision.says, ())
    return "\n".join(said.plain_text for said in spoken)


def _message(text: str, now: datetime) -> InboundMessage:
    return InboundMessage(
        channel="ask",
        message_id="one",
        conversation_id=_NOBODY.id,
        sender="ask",
        received_at=now,
        content=Text(text=text),
    )


def _linked_first(content: Content, language: Language) -> str:
    return content.replies["link_needed", language].text
