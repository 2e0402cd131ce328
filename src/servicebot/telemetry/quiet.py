"""Keeps the log readable under attack: of one kind of trouble a few lines a minute, with a count."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

MINUTE_S: Final = 60.0
_MOST_KINDS: Final = 1_000
_OUTSIDE: Final = ("asyncio", "aiohttp", "servicebot.web")  # what strangers can cause
_LINES_OUTSIDE: Final = 1
_LINES: Final = 30


@dataclass(slots=True)
class _Kind:
    since_s: float
    told: int = 0
    kept_back: int = 0


class Quiet(logging.Filter):
    """Lets a kind of warning or error through once a minute where strangers cause it, else often.

    A kind is a logger, its event and the kind of its error. What was kept back is counted in
    `kept_back` of the kind's next line.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        """Takes what tells the time, in seconds that only rise."""
        super().__init__()
        self._now_s = now_s
        self._kinds: OrderedDict[tuple[str, str, object], _Kind] = OrderedDict()

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.levelno < logging.WARNING:
            return True
        most = _LINES_OUTSIDE if record.name.startswith(_OUTSIDE) else _LINES
        kind = self._kind(record)
        if self._now_s() - kind.since_s >= MINUTE_S:
            kind.since_s, kind.told = self._now_s(), 0
        if kind.told >= most:
            kind.kept_back += 1
            return False
        kind.told += 1
        if kind.kept_back:
            record.kept_back = kind.kept_back
            kind.kept_back = 0
        return True

    def _kind(self, record: logging.LogRecord) -> _Kind:
        error = record.exc_info[0] if record.exc_info else None
        name = (record.name, str(record.msg)[:80], error)
        found = self._kinds.setdefault(name, _Kind(self._now_s()))
        self._kinds.move_to_end(name)
        if len(self._kinds) > _MOST_KINDS:
            self._kinds.popitem(last=False)
        return found
