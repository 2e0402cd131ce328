"""Takes typed fields out of a content file's mapping and collects every fault."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from servicebot.content.article import OtherTopic
from servicebot.content.read_text import SourceText
from servicebot.domain.errors import ContentFault

_SLOT_MARK = re.compile(r"\[([^\[\]]+)\]\([a-z_]+\)")

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

    def note(self, rule: str, message: str, *, near: str = "") -> None:
        """Notes a fault at the line that holds `near`."""
        self.faults.append(self._source.fault(rule, message, near=near))

    def text(self, key: str, *, needed: bool = True) -> str:
        """One line of text; an empty string when it is missing."""
        value = self._values.pop(key, "")
        if not isinstance(value, str):
            self.note("not-text", f"`{key}` must be one line of text.", near=f"{key}:")
            return ""
        if needed and not value.strip():
            self.note("missing-field", f"`{key}` is missing. Write `{key}: …`.", near=f"{key}:")
        return value.strip()

    def optional(self, key: str) -> str | None:
        """One line of text, or None when it is missing."""
        return self.text(key, needed=False) or None

    def one_of(self, key: str, names: type[N]) -> N | None:
        """One of the names, or None when it is missing."""
        value = self.text(key, needed=False)
        if not value:
            return None
        if value not in names.__members__.values():
            known = ", ".join(names.__members__.values())
            self.note("unknown-name", f"`{value}` is none of {known}.", near=f"{key}:")
            return None
        return names(value)

    def yes(self, key: str, *, missing: str = "no") -> bool:
        """`yes` or `no`; `missing` when it is missing."""
        value = self.text(key, needed=False) or missing
        if value not in {"yes", "no"}:
            self.note("yes-or-no", f"`{key}` is `{value}`. Write `yes` or `no`.", near=f"{key}:")
        return value == "yes"

    def phrases(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """The lines of a `|` block, slot marks taken out."""
        block = self.text(key, needed=needed)
        lines = (_SLOT_MARK.sub(r"\1", line).strip() for line in block.splitlines())
        return tuple(line for line in lines if line)

    def others(self, key: str) -> tuple[OtherTopic, ...]:
        """The lines `phrase -> topic` of a `|` block."""
        found = []
        for line in self.phrases(key, needed=False):
            phrase, arrow, target = (part.strip() for part in line.rpartition("->"))
            if arrow and phrase and target:
                found.append(OtherTopic(phrase=phrase, topic_id=target))
            else:
                self.note("arrow", f"Write `{line} -> other-topic`.", near=line)
        return tuple(found)

    def day(self, text: str, *, near: str) -> date:
        """A day `YYYY-MM-DD`; 1970-01-01 with a fault when it is none."""
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            self.note("date", f"`{text}` is no day. Write it like 2026-12-31.", near=near)
            return date(1970, 1, 1)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A nested mapping; empty when it is missing."""
        value = self._values.pop(key, {})
        if not isinstance(value, dict):
            self.note("not-a-mapping", f"Write `name: …` lines under `{key}:`.", near=f"{key}:")
            return {}
        return value

    def nothing_else(self, known: Collection[str]) -> None:
        """Notes every key that was not taken."""
        for key in self._values:
            message = f"`{key}` is not known here. Known: {', '.join(sorted(known))}."
            self.note("unknown-field", message, near=f"{key}:")
