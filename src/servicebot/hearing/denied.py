"""What the customer says they do not want, and what they want instead."""

import re
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import intent_of, is_offered
from servicebot.domain.heard import Denied
from servicebot.domain.understanding import Band, Topic, Understanding
from servicebot.hearing.person_request import wants_person
from servicebot.hearing.question import is_question

_CLOSE: Final = 0.3
_CLOSE_TOPICS: Final = 3
_SHORTEST: Final = 2

_FILLER: Final = (
    r"(?:(?:啊|诶|哎|唉|呃|哦|喂|嗯|拜托|sorry|no|hey|不|不不)[\s,.!]+|(?:那个|等等)[\s,]*)*"
)
_STRESS: Final = r"(?:我|人家|本人)?(?:又|也|可|真的?|根本|都|刚才|现在|先|暂时|并)*"
# Denies having asked: whatever follows was named by nobody but a misunderstanding.
_NEVER_ASKED: Final = re.compile(
    rf"^{_FILLER}(?:{_STRESS}(?:"
    r"不是(?:要|想|来|说|让|叫|在|问|指)+(?:你们?|我)?(?:要|想|问)?"
    r"|没有?(?:要|让|叫|打算|说(?!过)|想(?!到)|问(?!题))+(?:过|你们?|我|要|想|来)*)"
    r"|(?:又)?谁(?:说|要|让|想)(?:我|你们?|要|想)+"
    r"|(?:i'?m|i am) not (?:here to |trying to |asking (?:you )?)(?:about |for |to |how to )?"
    r"|i (?:did ?n'?t|did not|never|have ?n'?t|have not) (?:asked|ask|said|say)(?: (?:to|you|for|about|i))*"
    r"|not asking (?:about |for |to )?)"
)
# May deny a wish, or say what is wrong: the meaning decides.
_NOT_THIS: Final = re.compile(
    rf"^{_FILLER}(?:{_STRESS}(?:不是|不(?:想|要|需要|打算|准备|问|查|用)(?:要|给我|帮我)?"
    r"|别(?![人的家个是处])(?:给我|帮我|再)?)"
    r"|i (?:do ?n'?t|do not|did ?n'?t|did not|have ?n'?t|have not) (?:want|need|mean|lost)(?: to)?\b"
    r"|(?:i'?m|i am|it'?s|that'?s|this is) not (?:about )?|not (?:about |how to )?"
    r"|(?:please )?do ?n'?t )"
)
# The negation is the matter itself: what does not work, what was not me, not wanting to live.
_IS_THE_MATTER: Final = re.compile(
    r"不想(?:再)?(?:活|收|让|被|用|接)|不用了|不要了|不是(?:我|本人|人)(?:的|做|借|操作|弄)?(?!是|要|想|问)"
    r"|不是(?:借款人|本人|客户)|不要(?:自动|再)|没有(?!在|想|要|说|让|叫|问|打算)"
    r"|any ?more\b|not (?:the borrower|me\b|my (?:fault|loan))|don'?t (?:understand|know|have)"
    r"|not (?:sure|able|working|possible|valid|yet|received|bad)"
)
_BORDER: Final = re.compile(
    r"(?<!\d)[,.;!?\n](?!\d)|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])(?=是(?!不是|否|多少|什么|啥|哪|谁|我的))|(?=(?:而是|我(?:是|问|想|要|就|只)))|\s+but\b"
)
_LEAD: Final = re.compile(
    r"^[\s,]*(?:我?(?:其实|就是|只是|而是|就|只)?(?:是)?(?:想|要|来)?(?:问|说|知道|了解)?(?:一?下)?"
    r"(?:的是|的|是)?(?=.)|(?:but |just |only |rather |i'?m (?:asking|here) (?:about |for |to )?"
    r"|i (?:want|need|mean|meant) (?:to )?(?:know |ask )?)+)"
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A message parted into what is not wanted and what is.

    Attributes:
        denied: The words of what is not wanted.
        meant: What is wanted instead; may be empty.
        plainly: Whether the customer says that they never asked for it.
    """

    denied: str
    meant: str
    plainly: bool = False


def read_denial(text: str) -> Denial | None:
    """Parts a normalized text, or None where nothing is denied.

    Only a clause in front that denies a wish counts: 还不上款, 没收到验证码 and
    为什么不能提前还款 are matters of their own, and so is every denial that asks.
    """
    plainly = _NEVER_ASKED.match(text)
    begins = plainly or _NOT_THIS.match(text)
    if begins is None:
        return None
    clause, rest = _first_clause(text[begins.end() :])
    if len(clause) < _SHORTEST or is_question(clause):
        return None
    if _IS_THE_MATTER.search(begins.group() + clause):
        return None
    meant = _LEAD.sub("", rest).strip(" ,.!;")
    return Denial(denied=clause, meant=meant, plainly=plainly is not None)


def holds(read: Denial, whole: Understanding, found: Denied, content: Content) -> bool:
    """Whether what was read as a denial is one, now that its parts are understood.

    The whole message surely understood as something else than the denied words says what is
    wrong (不用再锁了 wants a card unlocked); so do words near fraud, need or despair, always.
    """
    best, unwanted = whole.best, found.denied.best
    wanted = found.meant.best if found.meant is not None else None
    if best is None or any(_never_denied(b.topic, content) for b in (best, unwanted) if b):
        return False
    if wants_person(found.denied.text):
        return True
    sure = found.meant is not None and found.meant.band is Band.ANSWER
    if unwanted is None or not is_offered(unwanted.topic, content):
        return sure and whole.band is not Band.ANSWER
    known = close_to(found.denied) | ({wanted.topic} if wanted is not None else set())
    if whole.band is Band.ANSWER and best.topic not in known and not read.plainly:
        return False
    deaf = whole.band is Band.ANSWER and best.topic in close_to(found.denied)
    near = Band.ASK_BACK if read.plainly or deaf else Band.ANSWER
    return sure or found.denied.band in {Band.ANSWER, near}


def _never_denied(topic: Topic, content: Content) -> bool:
    intent = intent_of(topic, content)
    return intent is not None and intent.never_denied


def close_to(words: Understanding) -> set[Topic]:
    """The topics words may stand for: the best and what is not far behind it."""
    first = words.ranking[:_CLOSE_TOPICS]
    return {r.topic for r in first if r.probability >= _CLOSE * first[0].probability}


def _first_clause(text: str) -> tuple[str, str]:
    border = next((b for b in _BORDER.finditer(text) if b.start() > 0), None)
    if border is None:
        return text.strip(" ,.!;"), ""
    return text[: border.start()].strip(" ,.!;"), text[border.end() :].strip()
