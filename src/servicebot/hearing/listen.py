"""Words -> heard: understood whole, behind a yes or no in front, and closely."""

from dataclasses import replace
from datetime import date
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of
from servicebot.domain.acts import AT_A_QUESTION, Act
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.squeeze import squeeze
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Band, SlotKind, Understanding
from servicebot.hearing.act import chance_to, hardly_refuses, read_act
from servicebot.hearing.consent_words import ConsentWords
from servicebot.hearing.danger import read_danger
from servicebot.hearing.denied import left_aside, without_denied_values
from servicebot.hearing.listen_closely import CloseListener
from servicebot.hearing.person import wants_person
from servicebot.hearing.yes_no import YesNoWords, read_yes_no
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Utterance

_SHORTEST: Final = 3
# What may stand behind a yes; a correction there repeats what was asked, or it is no plain consent.
_AGREES_TOO: Final = frozenset({Act.AGREE, Act.RESUME, Act.CORRECT, None})
_CERTAIN: Final = 0.97
# What a word that takes something back sounds like: 不好意思 手滑 400 is no refusal.
_NO_CORRECTION: Final = frozenset({Act.REFUSE, Act.POSTPONE, Act.WAIT})
_ANOTHER_AMOUNT: Final = frozenset({Mark.MORE_BY, Mark.LESS_BY})
_TAKES_BACK: Final = frozenset({Role.CANCEL, Role.DENY})


class Listener:
    """Hears messages."""

    def __init__(self, batcher: MicroBatcher, content: Content) -> None:
        self._batcher = batcher
        self._lexicon = Lexicon(content.marks)
        self._close = CloseListener(batcher, content, self._lexicon)
        self._content = content
        self._no_yes = _taught_otherwise(content)
        self._yes = ConsentWords(content, self._lexicon)
        self._lost = _about_a_lost_card(content)
        self._words = YesNoWords(
            yes=_phrases(content, Role.AFFIRM), no=_phrases(content, Role.DENY)
        )

    async def listen(
        self, message: InboundMessage, conversation: Conversation, today: date
    ) -> Heard | None:
        """What was heard; None where there are no words.

        Raises:
            UnavailableError: Understanding took too long.
        """
        if not isinstance(message.content, Text):
            return None
        heard = await self._plainly(message.content.text, conversation, today)
        found = await self._close.listen(heard, conversation, today)
        texts = (heard.whole, *((heard.rest,) if heard.rest else ()))
        act = _act_of(heard, conversation)
        if act is Act.AGREE and not self._consents(heard.whole):
            act = None
        if found.corrects and act in _NO_CORRECTION:
            act = Act.CORRECT
        certain = heard.rest is None or chance_to(Act.AGREE, heard.whole) >= _CERTAIN
        if act is Act.AGREE and any(
            self._wants_other(words, conversation, certain=certain) for words in texts
        ):
            act = None
        whole = without_denied_values(heard.whole, self._lexicon)
        if act in _NO_CORRECTION and not _ANOTHER_AMOUNT.isdisjoint(whole.marks):
            act = Act.CORRECT
        return replace(
            heard,
            whole=whole,
            rest=whole if heard.rest is heard.whole else heard.rest,
            parts=found.parts,
            denied=found.denied,
            leaning=found.leaning,
            act=act,
            left_aside=left_aside(heard.whole, self._lexicon),
            danger=read_danger(
                texts, found.parts, self._lexicon, answers=act in AT_A_QUESTION, lost=self._lost
            ),
            wants_person=any(wants_person(w, self._lexicon) for w in (*texts, *found.parts)),
        )

    def _consents(self, words: Understanding) -> bool:
        """Whether the words are made of a yes, and are taught as nothing else."""
        return squeeze(words.text) not in self._no_yes and self._yes.says_yes(words)

    def _wants_other(
        self, words: Understanding, conversation: Conversation, *, certain: bool
    ) -> bool:
        """Whether the words rather begin other business than what the task does, or end it.

        A certain yes may sound like a cancelling or a looking up, never like another deed.
        """
        best, task = words.best, conversation.task
        likely = words.band is Band.ANSWER if certain else words.is_likely
        if best is None or task is None or not likely:
            return False
        intent = intent_of(best.topic, self._content)
        if intent is None:
            return False
        if certain and (intent.role in _TAKES_BACK or intent.lookup is not None):
            return False
        if intent.role in _TAKES_BACK and hardly_refuses(words):
            return False
        return intent.role in _TAKES_BACK or (intent.offered and intent.flow != task.flow)

    async def _plainly(self, text: str, conversation: Conversation, today: date) -> Heard:
        hint = conversation.language if conversation.turns else None
        whole = await self._batcher.understand(
            Utterance(text=text, language_hint=hint, today=today)
        )
        start = self._lexicon.match(Mark.ADDRESS, whole.text)
        if start is not None and len(whole.text) - start >= _SHORTEST:
            whole = await self._batcher.understand(
                Utterance(text=whole.text[start:], language_hint=whole.language, today=today)
            )
        reading = read_yes_no(whole.text, self._words, self._lexicon)
        if reading.yes_no is YesNo.NONE:
            about = await self._about(whole, conversation, today)
            return Heard(whole=whole, yes_no=YesNo.NONE, rest=whole, about=about)
        if not reading.rest:
            return Heard(whole=whole, yes_no=reading.yes_no, rest=None)
        rest = await self._batcher.understand(
            Utterance(text=reading.rest, language_hint=whole.language, today=today)
        )
        about = await self._about(rest, conversation, today)
        return Heard(whole=whole, yes_no=reading.yes_no, rest=rest, about=about)

    async def _about(
        self, words: Understanding, conversation: Conversation, today: date
    ) -> Understanding | None:
        """The words with the product of the task in hand, where they name none.

        Words about the task itself (`cancel`, `wait`) are about no product.
        """
        best = words.best
        intent = intent_of(best.topic, self._content) if best is not None else None
        if intent is not None and intent.about_task and words.is_likely:
            return None
        loan = conversation.task.loan if conversation.task else None
        product = loan.product if loan is not None else None
        named = any(slot.kind is SlotKind.PRODUCT for slot in words.slots)
        term = self._content.replies.get((f"product_{product}", words.language))
        if named or term is None:
            return None
        text = f"{term.text} {words.text}"
        return await self._batcher.understand(
            Utterance(text=text, language_hint=words.language, today=today, said=False)
        )


def _act_of(heard: Heard, conversation: Conversation) -> Act | None:
    """The approved words of yes and no are certain; everything else is read.

    What stands behind a yes must not take it back: `好的, 麻烦您了` agrees, `好的, 等我问下` waits.
    """
    if heard.rest is None:
        return Act.AGREE if heard.yes_no is YesNo.YES else Act.REFUSE
    act = read_act(heard.whole, conversation, says_yes=heard.yes_no is YesNo.YES)
    if act is not Act.AGREE or heard.yes_no is YesNo.NONE:
        return act
    behind = read_act(heard.rest, conversation)
    agrees = heard.yes_no is YesNo.YES and behind in _AGREES_TOO
    return act if agrees else None


def _taught_otherwise(content: Content) -> frozenset[str]:
    """Words that are taught as something else than a yes, squeezed: they never consent."""
    files = content.acts.values()
    yes = {squeeze(text) for one in files if one.act is Act.AGREE for text in one.examples}
    no_yes = {squeeze(text) for one in files if one.act is not Act.AGREE for text in one.examples}
    return frozenset(no_yes - yes)


def _about_a_lost_card(content: Content) -> frozenset[str]:
    """The intents served as a lost card is, and those of fraud: both are about misuse."""
    intents = content.intents.values()
    flows = {intent.flow for intent in intents if intent.role is Role.CARD_LOST}
    return frozenset(
        intent.id for intent in intents if intent.flow in flows or intent.escalates is Reason.FRAUD
    )


def _phrases(content: Content, role: Role) -> frozenset[str]:
    intents = (intent for intent in content.intents.values() if intent.role is role)
    return frozenset(squeeze(example) for intent in intents for example in intent.examples)
