"""Where a page stands in a conversation, and what it has to be shown next.

A page says which line it has shown last: its number, and its instant. Where the store knows no
such line, the conversation is another than the page has shown: it was restored from a backup, or
erased and begun anew. Then the page gets it from the beginning.
"""

from dataclasses import dataclass
from typing import Final

from servicebot.domain.messages import TimelineLine
from servicebot.ports.timeline import Timeline
from servicebot.web.request_forms import Shown

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
        found = await self._timeline.lines(self._conversation_id, max(shown.after - 1, 0))
        anew = shown.after > 0 and not _begins_with(found, shown)
        if anew:
            found = await self._timeline.lines(self._conversation_id, 0)
            self._shown = NOTHING
        elif shown.after > 0:
            found = found[1:]
        if found:
            self._shown = Shown(after=found[-1].seq, at=found[-1].at.isoformat())
        return Further(lines=found, anew=anew)


def _begins_with(found: tuple[TimelineLine, ...], shown: Shown) -> bool:
    if not found or found[0].seq != shown.after:
        return False
    return shown.at in {"", found[0].at.isoformat()}
