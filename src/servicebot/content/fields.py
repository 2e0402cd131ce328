"""Takes typed fields out of a content file's mapping and collects every fault."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from servicebot.content.article import OtherTopic
from servicebot.content.complaint import Argument
from servicebot.content.near_name import nearest
from servicebot.content.place import Place
from servicebot.content.read_day import read_day
from servicebot.content.read_text import SourceText
from servicebot.domain.errors import ContentError, ContentFault

NO_DAY: Final = date(1970, 1, 1)
# What is typed for `->`; and a topic's id at the end, whatever stands in front of it.
_ARROWS: Final = re.compile(r"(.*?\S)\s*([－—–\-=]+\s*[>＞》〉]+|[→⇒➜➔⟶►▶＞》]|\s>)\s*(\S.*)")
_TOPIC_BEHIND: Final = re.compile(
    r"(.*?[^\s\W])(\s*[^\w\s]{0,3}\s*)(?<![a-z_])([a-z_]+[./][a-z][\w./\-]*)"
)
_YES: Final = {"yes", "no"}

N = TypeVar("N", bound=StrEnum)


class Fields:
    """The keys of one file; each `take` notes what is wrong and goes on.

    Attributes:
        faults: What was wrong so far, in the order it was found.
    """

    def __init__(self, source: SourceText, values: Mapping[str, Any]) -> None:
        self._source = source
        self._values = dict(values)
        self.faults: list[ContentFault] = []

    @property
    def path(self) -> str:
        """The file, relative to the content folder."""
        return self._source.path

    def note(self, rule: str, place: Place, /, **args: Argument) -> None:
        """Notes a fault at a place of the file."""
        self.faults.append(self._source.fault(rule, place, **args))

    def add(self, fault: ContentFault) -> None:
        """Notes a fault whose line is known."""
        self.faults.append(fault)

    def refuse_faults(self) -> None:
        """Ends the reading of the file where anything was wrong.

        Raises:
            ContentError: Every fault of the file, with its line.
        """
        if self.faults:
            raise ContentError(tuple(self.faults))

    def text(self, key: str, *, needed: bool = True) -> str:
        """One line of text; an empty string when it is missing."""
        value = self._values.pop(key, "")
        if not isinstance(value, str):
            self.note("not-text", Place(key=key), field=key)
            return ""
        if needed and not value.strip():
            self.note("missing-field", Place(key=key), field=key)
        return value.strip()

    def optional(self, key: str) -> str | None:
        """One line of text, or None when it is missing."""
        return self.text(key, needed=False) or None

    def one_of(self, key: str, names: type[N]) -> N | None:
        """One of the names, or None when it is missing."""
        value = self.text(key, needed=False)
        if not value:
            return None
        known = tuple(names.__members__.values())
        if value not in known:
            near = nearest(value, known)
            args = {"name": value, "known": ", ".join(known), "near": near}
            self.note("unknown-name", Place(key=key), field=key, **args)
            return None
        return names(value)

    def yes(self, key: str, *, missing: str = "no") -> bool:
        """`yes` or `no`; `missing` when it is missing."""
        value = self.text(key, needed=False) or missing
        folded = unicodedata.normalize("NFKC", value).casefold()
        if folded not in _YES:
            self.note("yes-or-no", Place(key=key), field=key, value=value)
        return folded == "yes"

    def phrases(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """The lines of a `|` block."""
        block = self.text(key, needed=needed)
        lines = (line.strip() for line in block.splitlines())
        return tuple(line for line in lines if line)

    def others(self, key: str) -> tuple[OtherTopic, ...]:
        """The lines `phrase -> topic` of a `|` block."""
        found = []
        for line in self.phrases(key, needed=False):
            phrase, arrow, target = (part.strip() for part in line.rpartition("->"))
            if arrow and phrase and target:
                found.append(OtherTopic(phrase=phrase, topic_id=target))
            else:
                self._no_arrow(key, line)
        return tuple(found)

    def _no_arrow(self, key: str, line: str) -> None:
        found = _ARROWS.fullmatch(line) or _TOPIC_BEHIND.fullmatch(line)
        if found is None:
            self.note("arrow", Place(key=key, words=line), text=line, right="")
            return
        sign, right = found[2].strip(), f"{found[1].strip()} -> {found[3].strip()}"
        if sign:
            self.note("wrong-arrow", Place(key=key, words=line), sign=sign, right=right)
        else:
            self.note("arrow", Place(key=key, words=line), text=found[1].strip(), right=right)

    def day(self, text: str, place: Place) -> date:
        """A day `YYYY-MM-DD`; 1970-01-01 with a fault when it is none."""
        day = read_day(text)
        if day is None:
            self.note("date", place, text=text.strip())
            return NO_DAY
        return day

    def nothing_else(self, known: Collection[str]) -> None:
        """Notes every key that was not taken."""
        missing = [fault for fault in self.faults if fault.rule == "missing-field"]
        for key in self._values:
            near = nearest(key, known)
            if not near and self._is_below_a_block(
                key
            ):  # a phrase with a colon in it lost its blanks
                self.note("lost-indent", Place(key=key), text=self._written(key))
                continue
            names = ", ".join(sorted(known))
            if not near and len(missing) == len(self._values) == 1:
                near = dict(missing[0].args)["field"]
            self.note("unknown-field", Place(key=key), field=key, known=names, near=near)
        if len(missing) <= len(self._values):  # a mistyped field is not told as missing too
            self.faults = [fault for fault in self.faults if fault not in missing]

    def _is_below_a_block(self, key: str) -> bool:
        lines = self._source.text.split("\n")[: self._source.line(Place(key=key)) - 1]
        above = next((line for line in reversed(lines) if line.strip()), "")
        return above.startswith(" ") or above.rstrip().endswith("|")

    def _written(self, key: str) -> str:
        return self._source.text.split("\n")[self._source.line(Place(key=key)) - 1].strip()
