"""Where a page stands in a conversation, and what it has to be shown next.

A page says which line it has shown last: its number, and its instant. Where the store knows no
such line, the conversation is another than the page has shown: it was restored from a backup, or
erased and begun anew. Then the page gets it from the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from servicebot.domain.messages import TimelineLine
from servicebot.ports.timeline import Timeline
from servicebot.web.read_json import line_number
from servicebot.web.wire import line_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The last line that a page has shown.

    Attributes:
        seq: Its number; 0 for none.
        at: Its instant as the page was told it; empty where the page does not say.
    """

    seq: int = 0
    at: str = ""


NOTHING: Final = Shown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What a page has to be shown.

    Attributes:
        lines: In order; above what it has shown, or all of them.
        anew: Whether what it has shown must go, because the conversation is another now.
    """

    lines: tuple[TimelineLine, ...]
    anew: bool

    def frame(self, **more: str) -> dict[str, Any]:
        """It as the page reads it, with more to tell."""
        told = {"type": "lines", **more, "lines": [line_json(line) for line in self.lines]}
        return {**told, "anew": True} if self.anew else told


class Reading:
    """Reads a conversation on for one page."""

    def __init__(self, timeline: Timeline, conversation_id: str, shown: Shown = NOTHING) -> None:
        """Takes what the page has shown already."""
        self._timeline = timeline
        self._conversation_id = conversation_id
        self._shown = shown

    async def further(self) -> Further:
        """What came after the last look; looks at the last line again, for it may be gone."""
        shown = self._shown
        found = await self._timeline.lines(self._conversation_id, max(shown.seq - 1, 0))
        anew = shown.seq > 0 and not _begins_with(found, shown)
        if anew:
            found = await self._timeline.lines(self._conversation_id, 0)
            self._shown = NOTHING
        elif shown.seq > 0:
            found = found[1:]
        if found:
            self._shown = Shown(seq=found[-1].seq, at=found[-1].at.isoformat())
        return Further(lines=found, anew=anew)


def shown_by(values: Mapping[str, Any]) -> Shown:
    """What a page says of its last line: `after`, its number, and `at`, its instant.

    Raises:
        RejectedError: `after` is no number of a line.
    """
    at = values.get("at")
    return Shown(seq=line_number(values.get("after", 0)), at=at if isinstance(at, str) else "")


def _begins_with(found: tuple[TimelineLine, ...], shown: Shown) -> bool:
    if not found or found[0].seq != shown.seq:
        return False
    return shown.at in {"", found[0].at.isoformat()}
