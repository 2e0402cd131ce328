"""The form in which approved phrases and labels are compared."""

import re
from functools import lru_cache

_PUNCTUATION = re.compile(
    r"[\s,.!?;:~\u2026\u3001\uff0c\u3002\uff01\uff1f\uff1b\uff1a\u00b7\"'\u201c\u201d\u2018\u2019()\uff08\uff09]+"
)


@lru_cache(maxsize=4096)  # labels and taught words are compared with every message
def squeeze(text: str) -> str:
    """Text without blanks and punctuation, lower case: the form lexicon entries are compared in."""
    return _PUNCTUATION.sub("", text).casefold()
