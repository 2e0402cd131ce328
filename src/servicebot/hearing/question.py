"""Whether words ask rather than tell."""

import re

_QUESTION = re.compile(
    r"[?\uff1f]|吗|么|呢|多少|怎么|咋|啥|为什么|什么|如何|能不能|可不可以|会不会|是不是|有没有|要不要"
    r"|\b(?:how|what|why|when|where|which|who|can i|do i|does|is there|are there|will)\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Whether the words ask rather than tell."""
    return _QUESTION.search(text) is not None
