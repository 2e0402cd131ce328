"""One question without a conversation: what the bot would make of it and say."""

from datetime import datetime

from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.facts import Facts, NeedsBank
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.understanding import Language, Understanding
from servicebot.understanding.understand import Understander, Utterance


def understand_one(understander: Understander, text: str, now: datetime) -> Understanding:
    """Understands one text on its own."""
    today = now.astimezone(BANK_ZONE).date()
    return understander.understand((Utterance(text=text, language_hint=None, today=today),))[0]


def reply_to_one(understanding: Understanding, content: Content, now: datetime) -> str:
    """What the bot would say to a stranger; where the bank is needed, what it would ask first."""
    conversation = Conversation(
        id="ask:one", channel="ask", sender="ask", language=understanding.language
    )
    message = InboundMessage(
        channel="ask",
        message_id="one",
        conversation_id=conversation.id,
        sender="ask",
        received_at=now,
        content=Text(text=understanding.text),
    )
    heard = Heard(whole=understanding, yes_no=YesNo.NONE, rest=understanding)
    moment = Moment(now=now, today=now.astimezone(BANK_ZONE).date())
    try:
        decision = decide(conversation, message, heard, Facts({}), moment, content)
    except NeedsBank:
        return _linked_first(content, understanding.language)
    spoken = Phraser(content, understanding.language).messages(decision.says, ())
    return "\n".join(said.plain_text for said in spoken)


def _linked_first(content: Content, language: Language) -> str:
    return content.replies["link_needed", language].text
