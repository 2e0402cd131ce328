"""One question without a conversation: what an edition of the content would hear in it and say."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.content.topics import intent_of
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.facts import Facts, NeedsBank, NeedsDesk
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.dialogue.say import Say, Saying, Title, Words
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.understanding import Language
from servicebot.hearing.listen import Listener
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

_NOBODY: Final = Conversation(id="ask:one", channel="ask", sender="ask")
_SIDE_BY_SIDE: Final = 64  # two full batches of the model, so that one waits while one is read
_DEADLINE_S: Final = 300.0  # no customer waits for these answers
_TOPIC: Final = "topic:"
_ANY_CODE: Final = "··"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a customer might write.

    Attributes:
        text: The words.
        language: Of the conversation they stood in; None where nobody knows.
    """

    text: str
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one edition makes of a question.

    Attributes:
        answer: The topic that is answered or the task that begins; else the rule that decided
            (`ask_back`, `missed`, `person`).
        topic: The best topic of all, empty where nothing was recognised.
        probability: Its chance, 0..1.
        band: What that allows.
        language: Of the question.
        reply: What is said, as text.
    """

    answer: str
    topic: str
    probability: float
    band: str
    language: Language
    reply: str


class Judge:
    """Hears and answers questions by one edition."""

    def __init__(self, content: Content, understander: Understander) -> None:
        self.content = content
        self.understander = understander

    def hear(self, questions: Sequence[Question], now: datetime) -> tuple[Heard, ...]:
        """Hears each as the first message of a stranger; blocks.

        Raises:
            UnavailableError: Understanding took too long.
        """
        return asyncio.run(self._hear(questions, now))

    def judge(self, questions: Sequence[Question], now: datetime) -> tuple[Judgement, ...]:
        """Hears and answers each; blocks.

        Raises:
            UnavailableError: Understanding took too long.
        """
        return tuple(self.answer(heard, now) for heard in self.hear(questions, now))

    def answer(self, heard: Heard, now: datetime) -> Judgement:
        """What is said to a stranger; where the bank is needed, what is asked first."""
        best = heard.whole.best
        rule, reply = self._decide(heard, now)
        return Judgement(
            answer=rule.removeprefix(_TOPIC),
            topic=best.topic.id if best is not None else "",
            probability=round(best.probability, 4) if best is not None else 0.0,
            band=heard.whole.band.value,
            language=heard.whole.language,
            reply=reply,
        )

    def _decide(self, heard: Heard, now: datetime) -> tuple[str, str]:
        says: tuple[Saying, ...]
        language = heard.whole.language
        moment = Moment(now=now, today=now.astimezone(BANK_ZONE).date())
        message = _message(heard.whole.text, now)
        try:
            decision = decide(_NOBODY, message, heard, Facts({}), moment, self.content)
        except (NeedsBank, NeedsDesk):
            best = heard.whole.best
            intent = intent_of(best.topic, self.content) if best is not None else None
            rule, says = intent.id if intent is not None else "bank", (_linked_first(intent),)
        else:
            rule, says = decision.rule, decision.says
        spoken = Phraser(self.content, language).messages(says, ())
        return rule, "\n".join(said.plain_text for said in spoken)

    async def _hear(self, questions: Sequence[Question], now: datetime) -> tuple[Heard, ...]:
        gate = asyncio.Semaphore(_SIDE_BY_SIDE)
        today = now.astimezone(BANK_ZONE).date()
        async with MicroBatcher(self.understander, deadline_s=_DEADLINE_S) as batcher:
            listener = Listener(batcher, self.content)

            async def hear(question: Question) -> Heard:
                async with gate:
                    nobody = _nobody(question.language)
                    heard = await listener.listen(_message(question.text, now), nobody, today)
                assert heard is not None  # noqa: S101  a text is always heard
                return heard

            return tuple(await asyncio.gather(*map(hear, questions)))


def hears_alike(one: Content, other: Content) -> bool:
    """Whether two contents of the same model hear the same in every text: only answers differ."""
    return (
        one.intents == other.intents
        and one.acts == other.acts
        and one.marks == other.marks
        and one.replies == other.replies
        and one.synonyms == other.synonyms
        and one.products == other.products
        and one.product_names == other.product_names
        and one.articles.keys() == other.articles.keys()
    )


def _linked_first(intent: Intent | None) -> Say:
    """What a stranger hears first; the number on the page is another one each time."""
    code = Words(_ANY_CODE)
    if intent is None:
        return Say(reply="link_alone", fields={"code": code})
    return Say(reply="link_needed", fields={"code": code, "task": Title(intent.id)})


def _nobody(language: Language | None) -> Conversation:
    if language is None:
        return _NOBODY
    return Conversation(id="ask:one", channel="ask", sender="ask", language=language, turns=1)


def _message(text: str, now: datetime) -> InboundMessage:
    return InboundMessage(
        channel="ask",
        message_id="one",
        conversation_id=_NOBODY.id,
        sender="ask",
        received_at=now,
        content=Text(text=text),
    )
