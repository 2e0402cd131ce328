"""What WeChat puts into a text in place of a picture: emoticons by name, and its own notices.

The names are the platform's and stand in two tables beside this file. An emoticon becomes the
emoji that it shows, so that the content's synonyms say what it means, the same as everywhere.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from servicebot.domain.messages import MessageContent, Text, Unreadable
from servicebot.domain.squeeze import squeeze

_EMOTICONS: Final = "emoticons.csv"
_NOTICES: Final = "unreadable.csv"
_NOTICE: Final = re.compile(r"\s*[\[【［](.{1,60})[\]】］]\s*")
_END_MARKS: Final = " .。!！"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Both tables, read once.

    Attributes:
        pattern: Matches every way to write an emoticon, the longest first.
        emoji: From what is found, folded, to the emoji.
        notices: From a notice, folded, to what it stands for.
    """

    pattern: re.Pattern[str]
    emoji: Mapping[str, str]
    notices: Mapping[str, str]


def read_text(text: str) -> MessageContent:
    """The text with its emoticons as emoji; a notice in place of a message is unreadable."""
    wording = platform_wording()
    notice = _NOTICE.fullmatch(text)
    if notice is not None:
        what = wording.notices.get(_folded(notice[1]))
        if what is not None:
            return Unreadable(what=what)
    return Text(text=wording.pattern.sub(lambda found: _emoji(found, wording), text))


@lru_cache(maxsize=1)
def platform_wording() -> Wording:
    """The tables as they are shipped."""
    emoji = {written: row["emoji"] for row in _rows(_EMOTICONS) for written in _ways(row)}
    names = [one[1:-1] for one in emoji if one.startswith("[")]
    codes = sorted((one for one in emoji if one.startswith("/")), key=len, reverse=True)
    in_brackets = rf"\[(?i:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\]"
    pattern = re.compile("|".join((in_brackets, *map(re.escape, codes))))
    notices = {_folded(row["notice"]): row["what"] for row in _rows(_NOTICES)}
    return Wording(pattern=pattern, emoji=emoji, notices=notices)


def _emoji(found: re.Match[str], wording: Wording) -> str:
    """A name in any case; of a code the case counts: `/::D` grins, `/::d` rolls its eyes."""
    written = found.group()
    return wording.emoji[written.lower() if written.startswith("[") else written]


def _ways(row: Mapping[str, str]) -> Iterator[str]:
    if row["codes"]:
        yield row["codes"]
    for name in row["names"].split("|"):
        yield f"[{name.lower()}]"


def _folded(notice: str) -> str:
    return squeeze(notice.rstrip(_END_MARKS)).casefold()


def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    text = (files(__package__) / name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
