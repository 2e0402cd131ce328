"""Whether the customer wants a person. Must hit on the first try, in every state."""

import re

_NOT_A_REQUEST = re.compile(r"人工智能|不(?:用|要|需要)(?:转)?人工|(?:not|no) (?:a )?human needed")
_REQUEST = re.compile(
    r"转\s*(?:接|到|给|个)?\s*人(?:工|公|功|攻)|转\s*仁工|(?:传|专|赚|砖)人工|人(?:工|公|功)(?:服务|客服|坐席|座席)"
    r"|^(?:请|我)?(?:要|想要|想|需要|找|叫|帮我找|给我|换|来|接|请)?(?:个|一?个|一?位)?(?:人工|真人|活人|人公)(?:吧|啊|呀|谢谢|来|客服|服务)?$"
    r"|(?:要|找|叫|换|接|跟|和|让|有没有|来个)(?:个|一个|一位|你们|你们的)?(?:真人|活人|人工|客服(?:人员|小姐姐|专员)?)"
    r"|(?:真人|活人)(?:客服|服务|来|说话|聊)"
    r"|zhuan\s*ren\s*gong|\brengong\b"
    r"|\b(?:real|actual|live) (?:person|human|agent)\b"
    r"|\b(?:speak|talk|chat|connect|transfer|get|put|pass|switch)(?: me)?(?: through)? (?:to|with) "
    r"(?:a|an|the|some|your)? ?(?:real |live |human )?(?:person|human|agent|representative|rep|operator|someone|advisor|staff)\b"
    r"|^(?:a |an )?(?:human|agent|operator|representative|person)(?: please| pls)?$"
    r"|\bhuman (?:agent|being|support|service|please)\b|\bcustomer service (?:agent|rep)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s!\uff01\u3002.~\u2026]+$")
_MOST_CHARACTERS = 60


def wants_person(text: str) -> bool:
    """Whether the words ask for a person, typed well or badly.

    Long texts are left to the ranking: somebody may tell a story in which a person occurs.
    """
    said = _TAIL.sub("", text)
    if len(said := said.strip()) > _MOST_CHARACTERS or _NOT_A_REQUEST.search(said):
        return False
    return _REQUEST.search(said) is not None
