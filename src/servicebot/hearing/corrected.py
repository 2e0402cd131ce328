"""Words that take back what was said before: 说错了,是微业贷; sorry I meant the car loan."""

import re
from typing import Final

_FILLER: Final = (
    r"(?:(?:哎呀|哎|啊|呃|哦|噢|不好意思|抱歉|对不起|刚才|刚刚|我|sorry|oops|oh|ah|wait|no|hey)"
    r"[\s,.!]*)*"
)
_BACK: Final = re.compile(
    rf"^{_FILLER}(?:"
    r"(?:(?:说|讲|打|写|问|搞|弄)(?:错|反|混|岔)(?:字|别字)?(?:了|啦)?|口误|手滑|手抖|更正(?:一下)?"
    r"|错了|不对(?:不对)?(?:啊|呀)?)(?=[\s,.:!]|应?该?是|我|$)|不是(?=[\s,])"
    r"|(?:我)?(?:是说|说的(?:是)?(?!对)|的?意思(?:是)?|指的(?:是)?|问的(?:是)?|是想问|应该是)"
    r"|(?:(?:i|what i) (?:actually |really )?(?:mean|meant)(?: is| was| to say)?"
    r"|my (?:mistake|bad)|typo|wrong one|correction|i (?:typed|said) (?:it|that) wrong)(?=[\s,.:!]|$)"
    r")"
)
_BEHIND: Final = re.compile(
    r"[\s,]+(?:我)?(?:刚才|刚刚)?(?:说|打|写|问|搞|弄)错(?:了|啦)?[.!]?$"
    r"|[\s,]*,? (?:i mean|i meant)[.!]?$"
)
_LEAD: Final = re.compile(
    r"^[\s,.:!]*(?:(?:我)?(?:想问|要问|问的是?|说的是?|是说|意思是|应该是|是想|是要|是|要|想|问)?"
    r"(?:的是)?(?=.)|(?:it'?s |it should be |should be |i mean(?:t)? )+)"
)
_REPEATED: Final = 3


def read_correction(text: str) -> str | None:
    """What a normalized text puts in the place of what was said; None where it takes back nothing.

    Only a mark in front or at the very end counts: 密码输错了 and 征信写错了 are matters.
    """
    rest, found = text, False
    for _ in range(_REPEATED):
        match = _BACK.match(rest)
        if match is None:
            break
        rest, found = rest[match.end() :].strip(" ,.:!"), True
    if not found:
        shorter = _BEHIND.sub("", rest)
        rest, found = shorter, shorter != rest
    if not found:
        return None
    return _LEAD.sub("", rest).strip(" ,.:!") or None
