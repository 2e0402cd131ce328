"""Which language a one-time page speaks: the one asked for, else the browser's, else Chinese."""

from enum import StrEnum
from html import escape
from typing import Final

Pair = tuple[str, str]
"""The same in Chinese and in English."""


class PageLanguage(StrEnum):
    """One of the two languages of the pages."""

    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """Its BCP 47 tag."""
        return "zh-CN" if self is PageLanguage.ZH else "en"

    @property
    def name_of_itself(self) -> str:
        """What its speakers call it."""
        return "中文" if self is PageLanguage.ZH else "English"

    @property
    def other(self) -> "PageLanguage":
        """The other one."""
        return PageLanguage.EN if self is PageLanguage.ZH else PageLanguage.ZH

    def say(self, words: Pair) -> str:
        """The words in this language, as HTML."""
        return escape(words[0] if self is PageLanguage.ZH else words[1])


_MOST_READ: Final = 200  # characters of a header that anybody may send


def language_of(asked: str, accepted: str) -> PageLanguage:
    """The language of a visit.

    Args:
        asked: What the address says (`?lang=en`), empty for nothing.
        accepted: The browser's `Accept-Language`; of the two languages the first in it counts,
            as browsers write them in order.
    """
    if asked in list(PageLanguage):
        return PageLanguage(asked)
    for part in accepted[:_MOST_READ].lower().split(","):
        name = part.strip()[:2]
        if name in list(PageLanguage):
            return PageLanguage(name)
    return PageLanguage.ZH
