"""What a message says beyond its topic: its clauses, what it denies, what it leans on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from servicebot.content.content import Content
from servicebot.content.topics import is_offered, line_of
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Denied, Heard, Leaning
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import SUREST, TAUGHT, Band, Language, SlotKind, Understanding
from servicebot.hearing.background import Background, background_of
from servicebot.hearing.clauses import split_clauses
from servicebot.hearing.corrected import read_correction
from servicebot.hearing.denied import judge_denial, read_denial
from servicebot.hearing.follow_up import is_bare, is_marked, may_lean, readings
from servicebot.hearing.lean import lean, needs_readings
from servicebot.understanding.lexicon import Lexicon
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Closely:
    """What listening closely brought; the fields of `Heard` of the same names.

    `corrects` is whether the words say that they take something back.
    """

    parts: tuple[Understanding, ...] = ()
    denied: Denied | None = None
    leaning: Leaning | None = None
    corrects: bool = False


class CloseListener:
    """Listens to a message once more, clause by clause and with the turn before in mind.

    Most messages are one plain sentence and cost nothing here: nothing is understood that was
    not split, denied or short.
    """

    def __init__(self, batcher: MicroBatcher, content: Content, lexicon: Lexicon) -> None:
        self._batcher = batcher
        self._content = content
        self._lexicon = lexicon

    async def listen(self, heard: Heard, conversation: Conversation, today: date) -> Closely:
        """Listens closely.

        Raises:
            UnavailableError: Understanding took too long.
        """
        words, whole = heard.rest, heard.whole
        best = whole.best
        taught = best is not None and best.probability >= TAUGHT
        corrected = read_correction(whole.text, self._lexicon)
        denied = None if taught or corrected else await self._denied(whole, today)
        if denied is not None:
            return Closely(denied=denied)
        surest = best is not None and best.probability >= SUREST
        parts = () if surest or words is None else await self._parts(words, today)
        back = background_of(conversation, whole.language, self._content, today)
        complete = taught and corrected is None and not is_marked(whole.text, self._lexicon)
        if words is not None and Mark.NAMES_NOTHING in words.marks:
            words, complete = replace(words, band=Band.ASK_BACK), False
        corrects = corrected is not None
        if back is None or complete:
            return Closely(parts=parts, corrects=corrects)
        if corrected is not None:
            words = (await self._all((corrected,), whole.language, today))[0]
            whole_matter = _is_business(whole, self._content) and not _same(words, whole)
            if whole_matter and not is_bare(words, self._lexicon):
                return Closely(parts=parts)
        leaning = await self._lean(words, back, today, corrects=corrects)
        return Closely(parts=parts, leaning=leaning, corrects=corrects)

    async def _lean(
        self, words: Understanding | None, back: Background, today: date, *, corrects: bool
    ) -> Leaning | None:
        if words is None or not (corrects or may_lean(words, self._lexicon)):
            return None
        needed = needs_readings(words, back, self._lexicon, corrects=corrects)
        texts = readings(words, back, self._lexicon) if needed else ()
        joined = await self._all(texts, words.language, today, said=False)
        return lean(words, joined, back, self._lexicon, corrects=corrects)

    async def _denied(self, whole: Understanding, today: date) -> Denied | None:
        read = read_denial(whole.text, self._lexicon)
        if read is not None:
            read = read_denial(read.meant, self._lexicon) or read  # 不是这个意思,我没要查余额
        if read is None:
            return None
        texts = (read.denied, read.meant) if read.meant else (read.denied,)
        clauses = await self._carried(await self._all(texts, whole.language, today), today)
        return judge_denial(read, whole, clauses, self._lexicon, self._content)

    async def _parts(self, words: Understanding, today: date) -> tuple[Understanding, ...]:
        texts = split_clauses(words.text, self._lexicon)
        return await self._carried(await self._all(texts, words.language, today), today)

    async def _carried(
        self, parts: Sequence[Understanding], today: date
    ) -> tuple[Understanding, ...]:
        """The clauses; one that names no product is about that of the clause before, if it fits."""
        product, carried = "", []
        for part in parts:
            named = [str(slot.value) for slot in part.slots if slot.kind is SlotKind.PRODUCT]
            product = named[-1] if named else product
            term = self._content.replies.get((f"product_{product}", part.language))
            if named or term is None:
                carried.append(part)
                continue
            text = f"{term.text} {part.text}"
            about = (await self._all((text,), part.language, today, said=False))[0]
            about = replace(about, acts=part.acts, signals=part.signals)
            carried.append(about if _is_about(about, product, part) else part)
        return tuple(carried)

    async def _all(
        self, texts: Sequence[str], language: Language, today: date, *, said: bool = True
    ) -> tuple[Understanding, ...]:
        asked = [
            Utterance(text=text, language_hint=language, today=today, said=said) for text in texts
        ]
        return tuple(await self._batcher.understand_all(asked))


def _is_business(whole: Understanding, content: Content) -> bool:
    """Whether a message is surely about business as it stands: 打错了账号 is no correction."""
    best = whole.best
    return best is not None and whole.is_likely and is_offered(best.topic, content)


def _same(words: Understanding, whole: Understanding) -> bool:
    """Whether both are likeliest about the same: 写错,是车贷的进度 only puts it right."""
    if words.best is None or whole.best is None:
        return False
    return words.best.topic == whole.best.topic


def _is_about(about: Understanding, product: str, part: Understanding) -> bool:
    """Whether a clause is likelier about the product than by itself."""
    if about.best is None or not about.is_likely:
        return False
    if part.best is not None and part.is_likely and part.best.topic == about.best.topic:
        return False
    return line_of(about.best.topic) == product
